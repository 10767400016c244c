import { type Look, lookNow } from '#kernel/look'
import { metrics } from '#kernel/metrics'
import { isWorldGone } from '#kernel/problem'
import type { Reader } from '#modules/catalogue'
import { findKeptIndex } from './find-kept-index.ts'
import { followIndex } from './follow-index.ts'
import { loadIndex, loadPopularity, loadShelf } from './load-index.ts'
import { MedicineIndex } from './medicine-index.ts'

const broken = metrics.counter({
  name: 'search.kept_broken',
  unit: 'count',
  meaning: 'Kept indexes that were not whole: the catalogue was read instead',
})

/** An index as of a look. `written` says how many medicines it has that what is kept has otherwise; all when none is. */
export interface OpenedIndex {
  readonly index: MedicineIndex
  readonly look: Look
  readonly isKept: boolean
  readonly written: number
}

/**
 * The whole index: restored from what another process kept and brought up to date, or read from the catalogue where
 * nothing whole is kept. A kept index that is broken is counted, told to `report`, and left; the database being away is
 * thrown, because that is no reason to read all of it.
 */
export async function openIndex(
  reads: Reader,
  codeKey: string,
  report?: (fault: Error) => void,
): Promise<OpenedIndex> {
  const kept = await findKeptIndex(reads, codeKey).catch((fault: Error) => {
    if (isWorldGone(fault)) throw fault
    broken.add()
    report?.(fault)
    return undefined
  })
  if (!kept) return readWhole(reads)
  await loadShelf(reads, kept.index)
  await loadPopularity(reads, kept.index)
  const { look, written } = await followIndex(reads, kept.index, kept.look)
  return { index: kept.index, look, isKept: true, written }
}

async function readWhole(reads: Reader): Promise<OpenedIndex> {
  const index = new MedicineIndex()
  const look = await lookNow(reads)
  const written = await loadIndex(reads, index, false)
  return { index, look, isKept: false, written }
}
