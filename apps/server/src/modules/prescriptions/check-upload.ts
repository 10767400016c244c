import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pageSizes, uploadBytesMax, type UploadRefusal } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { deletePages } from './erase-upload.ts'
import { openUpload } from './open-upload.ts'
import { type CheckedUpload, recordCheckedUpload } from './record-checked-upload.ts'
import { kindOf } from './upload-kind.ts'
import { quarantineKey } from './upload-limits.ts'
import { pageFormats, pageKey } from './upload-pages.ts'
import { scanForViruses } from './virus-scan.ts'

/** What the job that checks a file works with. */
export interface Checking {
  readonly database: Database
  readonly files: Files
  /** Where clamd listens; undefined where none is installed. */
  readonly clamdUrl: string | undefined
}

/**
 * Looks at a file in quarantine, as the worker does: what it is by its bytes, whether it is known to do harm, then in
 * a child of its own what it shows. Its pages are stored anew and the file that came is deleted, or it is refused with
 * a reason. Done twice it does no harm; when the store or the scanner is away it throws and is done again.
 */
export async function checkUpload(checking: Checking, id: string): Promise<void> {
  const { database, files } = checking
  const { rows } = await sql<{ state: string }>`
    select state from prescriptions.upload where id = ${id}`.execute(database.db)
  if (rows[0]?.state === 'checking') {
    const mayKeep = await recordCheckedUpload(database, await look(checking, id))
    // Taken back while it was looked at: what was just stored goes again.
    if (!mayKeep) await deletePages(files, id)
  }
  await files.of('quarantine').delete(quarantineKey(id))
}

async function look({ files, clamdUrl }: Checking, id: string): Promise<CheckedUpload> {
  const refused = (refusal: UploadRefusal) => ({ id, refusal })
  const sent = await files.of('quarantine').get(quarantineKey(id))
  if (!sent) return refused('missing')
  if (sent.bytes > uploadBytesMax) {
    sent.stream.destroy()
    return refused('too_large')
  }
  const bytes = await buffer(sent.stream)
  const kind = kindOf(bytes)
  if (typeof kind !== 'string') return refused(kind.refusal)
  if (clamdUrl !== undefined && (await scanForViruses(clamdUrl, bytes)) === 'infected') {
    return refused('infected')
  }
  const opened = await openUpload(bytes, kind)
  if ('refusal' in opened) return refused(opened.refusal)
  const store = files.of('prescriptions')
  for (const { page, files: made } of opened.pages) {
    for (const size of pageSizes) {
      const { contentType } = pageFormats[size]
      await store.put(pageKey(id, page, size), made[size], { contentType })
    }
  }
  return { id, kind, sha256: createHash('sha256').update(bytes).digest(), pages: opened.pages }
}
