import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ListedPackRow, readListedPacks, type Reader, readSaleLaw } from '#modules/catalogue'
import { readShelf } from '#modules/stock'
import type { MedicineIndex } from './medicine-index.ts'
import { orderWorth, type Popularity, readPopularity } from './popularity.ts'

const packsAtOnce = 4_000
const shelfAtOnce = 5_000
/** Packs put between two turns of the event loop: about five milliseconds. */
const putsAtOnce = 400

/**
 * Brings the whole catalogue, the shelf and what orders taught into an index, new or in use. The next rows are on
 * their way while these are put, and other requests get their turn in between. Answers how many packs it read.
 * Packs that are gone are removed; those that are as they were are left untouched.
 */
export async function loadIndex(
  db: Reader,
  index: MedicineIndex,
  isInUse: boolean,
): Promise<number> {
  const present = new Uint8Array(index.ids.end + 1)
  const law = await readSaleLaw(db)
  let read = 0
  let coming = readListedPacks(db, law, null, packsAtOnce)
  for (;;) {
    const rows = await coming
    const last = rows.at(-1)
    if (!last) break
    const isMore = rows.length === packsAtOnce
    if (isMore) coming = readListedPacks(db, law, last.id, packsAtOnce)
    read += rows.length
    await putAll(index, rows, present)
    if (!isMore) break
  }
  removeAbsent(index, present)
  if (!isInUse) index.settle()
  await loadShelf(db, index)
  await loadPopularity(db, index)
  return read
}

async function putAll(
  index: MedicineIndex,
  rows: readonly ListedPackRow[],
  present: Uint8Array,
): Promise<void> {
  for (const [i, row] of rows.entries()) {
    const ordinal = index.putChanged(row)
    if (ordinal < present.length) present[ordinal] = 1
    if (i % putsAtOnce === putsAtOnce - 1) await nextTurn()
  }
}

function removeAbsent(index: MedicineIndex, present: Uint8Array): void {
  for (let ordinal = 0; ordinal < present.length; ordinal++)
    if (present[ordinal] === 0 && index.isLive(ordinal)) index.remove(index.ids.id(ordinal))
}

/** Sets every shelf anew: what is not on it any more is out of stock. */
export async function loadShelf(db: Reader, index: MedicineIndex): Promise<void> {
  const isThere = new Uint8Array(index.ids.end)
  for (let after: string | null = null; ; ) {
    const rows = await readShelf(db, after, shelfAtOnce)
    for (const { packId, availablePacks, earliestExpiry } of rows) {
      const ordinal = index.ids.find(packId)
      if (ordinal >= 0) isThere[ordinal] = 1
      index.setShelf(packId, availablePacks, earliestExpiry)
    }
    if (rows.length < shelfAtOnce) break
    after = rows.at(-1)?.packId ?? null
    await nextTurn()
  }
  for (let ordinal = 0; ordinal < isThere.length; ordinal++)
    if (isThere[ordinal] === 0 && index.isLive(ordinal)) index.emptyShelf(ordinal)
}

/** Sets anew what orders taught, as of now: it decays by the hour. */
export async function loadPopularity(db: Reader, index: MedicineIndex): Promise<void> {
  index.forgetAreas()
  for (let after: Popularity | null = null; ; ) {
    const rows: Popularity[] = await readPopularity(db, after, shelfAtOnce)
    learn(index, rows)
    if (rows.length < shelfAtOnce) break
    after = rows.at(-1) ?? null
  }
}

/** Adds what orders taught to what the catalogue says. */
export function learn(index: MedicineIndex, learned: readonly Popularity[]): void {
  for (const { area, packId, orders } of learned) {
    if (area === '') index.setLearned(packId, orders * orderWorth.everywhere)
    else index.setAreaPopularity(area, packId, orders * orderWorth.inArea)
  }
}
