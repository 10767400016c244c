import type { Database } from '#kernel/database'
import { hasPacks } from '#modules/catalogue'
import { codeKey } from './code-key.ts'
import { packIndex } from './index-bytes.ts'
import { keepIndex } from './keep-index.ts'
import { openIndex } from './open-index.ts'

/** A catalogue smaller than this is read as quickly as it would be restored. */
export const keptPacksLeast = 10_000

/** What was done: nothing for a small catalogue, nothing where what is kept is as the catalogue is. */
export interface Prepared {
  readonly packs: number
  readonly isRenewed: boolean
}

/**
 * Keeps an index of this release as the catalogue is now, so that the next process which starts restores it instead
 * of reading a quarter million packs: after an import, and before the processes of a new release start. May be called
 * at any time and by several at once; whoever comes second finds nothing left to do. One that was
 * broken is replaced.
 */
export async function prepareIndex(
  database: Database,
  packsLeast: number = keptPacksLeast,
): Promise<Prepared> {
  const { reads } = database
  if (!(await hasPacks(reads, packsLeast))) return { packs: 0, isRenewed: false }
  const key = codeKey()
  const { index, look, isKept, written } = await openIndex(reads, key)
  const packs = index.count
  if (isKept && written === 0) return { packs, isRenewed: false }
  await keepIndex(database, { codeKey: key, look, packs }, await packIndex(index))
  return { packs, isRenewed: true }
}
