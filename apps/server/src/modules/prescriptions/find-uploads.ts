import type { UploadPage, UploadRefusal, UploadStateName } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'

export type Reader = Pick<Kysely<unknown>, 'getExecutor'>

/** A file as the review desk sees it. */
export interface FoundUpload {
  readonly id: string
  readonly sessionId: string
  readonly personId: string
  readonly patientId: string | null
  readonly state: UploadStateName
  readonly refusal: UploadRefusal | null
  readonly kind: 'jpeg' | 'png' | 'webp' | 'pdf' | null
  readonly sentAt: Date | null
  readonly pages: readonly UploadPage[]
  /** What looks the same, sent at any time by anybody; whose it is is never said beyond "the same person's". */
  readonly alike: readonly AlikeUpload[]
}

export interface AlikeUpload {
  readonly kind: 'same_file' | 'same_picture'
  readonly isSamePerson: boolean
  /** Indian day, 'YYYY-MM-DD'. */
  readonly sentOn: string
  /** True when a review rests on the other one already. */
  readonly isUsed: boolean
}

const uploadsMax = 200
const alikeMax = 20

/** Files by their ids, in no promised order; one that is unknown or forgotten is left out. */
export async function findUploads(
  db: Reader,
  ids: readonly string[],
): Promise<readonly FoundUpload[]> {
  const { rows } = await sql<Omit<FoundUpload, 'alike' | 'pages'>>`
    select upload.id, session_id as "sessionId", upload.person_id as "personId", patient_id as "patientId",
      state, refusal, kind, sent_at as "sentAt"
    from prescriptions.upload join prescriptions.upload_session session on session.id = session_id
    where upload.id = any(${[...ids]}::uuid[]) and forgotten_at is null
    order by upload.id limit ${uploadsMax}`.execute(db)
  const found = rows.map(({ id }) => id)
  const [pages, alike] = await Promise.all([findPages(db, found), findAlike(db, found)])
  return rows.map(row => ({
    ...row,
    pages: pages.get(row.id) ?? [],
    alike: (alike.get(row.id) ?? []).slice(0, alikeMax),
  }))
}

/** The pages of files, by the file, in their order. */
export async function findPages(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UploadPage[]>> {
  const { rows } = await sql<UploadPage & { uploadId: string }>`
    select upload_id as "uploadId", page, width, height, is_dark as "isDark", is_blurred as "isBlurred"
    from prescriptions.upload_page where upload_id = any(${[...ids]}::uuid[])
    order by upload_id, page`.execute(db)
  const pages = new Map<string, UploadPage[]>()
  for (const { uploadId, ...page } of rows) {
    pages.set(uploadId, [...(pages.get(uploadId) ?? []), page])
  }
  return pages
}

/** Likeness is written with the later file and is true of both. */
async function findAlike(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AlikeUpload[]>> {
  const { rows } = await sql<AlikeUpload & { uploadId: string }>`
    select pair.one as "uploadId", pair.kind, other.person_id = own.person_id as "isSamePerson",
      to_char(other.sent_at at time zone 'Asia/Kolkata', 'YYYY-MM-DD') as "sentOn",
      other.used_at is not null as "isUsed"
    from (
      select upload_id as one, earlier_id as two, kind from prescriptions.upload_likeness
      where upload_id = any(${[...ids]}::uuid[])
      union all
      select earlier_id, upload_id, kind from prescriptions.upload_likeness
      where earlier_id = any(${[...ids]}::uuid[])
    ) pair
    join prescriptions.upload own on own.id = pair.one
    join prescriptions.upload other on other.id = pair.two and other.forgotten_at is null
    order by pair.one, other.id desc limit ${uploadsMax * alikeMax}`.execute(db)
  const alike = new Map<string, AlikeUpload[]>()
  for (const { uploadId, ...like } of rows) {
    alike.set(uploadId, [...(alike.get(uploadId) ?? []), like])
  }
  return alike
}
