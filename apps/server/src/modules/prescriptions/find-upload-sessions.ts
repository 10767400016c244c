import { type Upload, type UploadSession, type UploadView, uploadFilesMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findNames } from '#modules/identity'
import { findPages, type Reader } from './find-uploads.ts'
import { uploadNotFound } from './upload-row.ts'
import { viewsShownMax } from './upload-limits.ts'

interface SessionRow {
  readonly id: string
  readonly patientId: string | null
  readonly startedAt: Date
  readonly endsAt: Date
  readonly isOver: boolean
}

type UploadRow = Pick<Upload, 'id' | 'position' | 'state' | 'refusal' | 'isUsed'> & {
  readonly sessionId: string
}

const usualLimit = 20

/** What a person sent, newest first. A session in which nothing arrived is left out once it is over. */
export async function findUploadSessions(
  db: Reader,
  personId: string,
  page: { limit?: number; after?: string },
): Promise<{ items: UploadSession[]; next: string | null }> {
  const limit = page.limit ?? usualLimit
  const after = page.after ?? null
  const { rows } = await sql<SessionRow>`
    select id, patient_id as "patientId", started_at as "startedAt", ends_at as "endsAt",
      ends_at <= kernel.now() as "isOver"
    from prescriptions.upload_session session
    where person_id = ${personId} and (${after}::uuid is null or id < ${after}::uuid)
      and exists (select from prescriptions.upload where session_id = session.id and forgotten_at is null
        and (state not in ('awaiting', 'lapsed', 'withdrawn') or (state = 'awaiting' and ends_at > kernel.now())))
    order by id desc limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  return {
    items: await fill(db, shown),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** One session of a person's; refuses `not_found` for anybody else's. */
export async function findUploadSession(
  db: Reader,
  personId: string,
  id: string,
): Promise<UploadSession> {
  const { rows } = await sql<SessionRow>`
    select id, patient_id as "patientId", started_at as "startedAt", ends_at as "endsAt",
      ends_at <= kernel.now() as "isOver"
    from prescriptions.upload_session where id = ${id} and person_id = ${personId}`.execute(db)
  const [session] = await fill(db, rows)
  if (!session) throw uploadNotFound()
  return session
}

/** One file of a person's, as its session shows it; refuses `not_found`. */
export async function findOwnUpload(db: Reader, personId: string, id: string): Promise<Upload> {
  const { rows } = await sql<{ sessionId: string }>`
    select session_id as "sessionId" from prescriptions.upload where id = ${id} and person_id = ${personId}`.execute(
    db,
  )
  const [found] = rows
  if (!found) throw uploadNotFound()
  const session = await findUploadSession(db, personId, found.sessionId)
  const upload = session.uploads.find(one => one.id === id)
  if (!upload) throw uploadNotFound()
  return upload
}

async function fill(db: Reader, sessions: readonly SessionRow[]): Promise<UploadSession[]> {
  const { rows } = await sql<UploadRow>`
    select id, session_id as "sessionId", position, state, refusal, used_at is not null as "isUsed"
    from prescriptions.upload
    where session_id = any(${sessions.map(({ id }) => id)}::uuid[]) and forgotten_at is null
    order by session_id, position`.execute(db)
  const ids = rows.map(({ id }) => id)
  const [pages, views] = await Promise.all([findPages(db, ids), findViews(db, ids)])
  return sessions.map(({ isOver, startedAt, endsAt, ...session }) => {
    const own = rows.filter(({ sessionId }) => sessionId === session.id)
    return {
      ...session,
      startedAt: startedAt.toISOString(),
      endsAt: endsAt.toISOString(),
      mayAdd: !isOver && own.length < uploadFilesMax,
      uploads: own.map(({ id, position, state, refusal, isUsed }) => ({
        id,
        position,
        state,
        refusal,
        isUsed,
        pages: pages.get(id) ?? [],
        views: views.get(id) ?? [],
      })),
    }
  })
}

/**
 * The last looks of the pharmacy at each file, with the names of who looked; the sender's own are not shown, nor what was
 * made ready and then looked at.
 */
async function findViews(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UploadView[]>> {
  const { rows } = await sql<{
    uploadId: string
    viewerId: string
    reason: UploadView['reason']
    at: Date
  }>`
    select looked.upload_id as "uploadId", looked.viewer_id as "viewerId", looked.reason, looked.at
    from unnest(${[...ids]}::uuid[]) as wanted (id)
    cross join lateral (
      select upload_id, viewer_id, reason, at from prescriptions.upload_view as one
      where upload_id = wanted.id and reason <> 'own' and not (reason = 'prepared' and exists (
        select from prescriptions.upload_view as later where later.upload_id = one.upload_id and later.page = one.page
          and later.viewer_id = one.viewer_id and later.reason = 'review' and later.at >= one.at))
      order by at desc limit ${viewsShownMax}) looked
    order by looked.at desc`.execute(db)
  const names = await findNames(db, [...new Set(rows.map(({ viewerId }) => viewerId))])
  const views = new Map<string, UploadView[]>()
  for (const { uploadId, viewerId, reason, at } of rows) {
    const by = names.get(viewerId) ?? ''
    views.set(uploadId, [...(views.get(uploadId) ?? []), { by, reason, at: at.toISOString() }])
  }
  return views
}
