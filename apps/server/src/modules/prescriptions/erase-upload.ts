import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { recordErasedUpload } from './record-erased-upload.ts'
import { copiesMax, pagesMax, quarantineKey } from './upload-limits.ts'
import { pageSizes } from '@janta/contracts'

/**
 * Erases what is left of a file whose time is over or that was taken back: first the stored pages, then what the
 * database knew of them. Broken off in between, it is done again.
 */
export async function eraseUpload(database: Database, files: Files, id: string): Promise<void> {
  await files.of('quarantine').delete(quarantineKey(id))
  await deletePages(files, id)
  await recordErasedUpload(database, id)
}

/** Deletes every size of every page stored for a file. */
export async function deletePages(files: Files, id: string): Promise<void> {
  const store = files.of('prescriptions')
  // Every size of every page, and a stamped copy for each time the prescription was supplied on.
  const max = pagesMax * pageSizes.length + copiesMax
  const { files: stored, isMore } = await store.list({ prefix: `pages/${id}/`, max })
  for (const { key } of stored) await store.delete(key)
  if (isMore) throw new Error('a file has more pages stored than it may have')
}
