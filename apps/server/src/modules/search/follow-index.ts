import { type Look, lookNow } from '#kernel/look'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type CatalogueChanges,
  findChangedPacks,
  readListedPacksOf,
  type Reader,
  readSaleLaw,
} from '#modules/catalogue'
import { findAvailability, findMovedPacks } from '#modules/stock'
import { judgeAgain } from './judge-again.ts'
import { learn, loadIndex, loadShelf } from './load-index.ts'
import type { MedicineIndex } from './medicine-index.ts'
import { findChangedPopularity } from './popularity.ts'

/** More at once are taken by reading everything again, which takes seconds: an import is followed batch by batch. */
const changesMax = 40_000
const packsAtOnce = 2_000
/** Packs put between two turns of the event loop: about ten milliseconds. */
const putsAtOnce = 400

/** What a look took in: every medicine touched, and those of them whose rows in the catalogue were written. */
export interface Followed {
  readonly look: Look
  readonly taken: number
  readonly written: number
  /** Rules changed, and with them medicines whose rows nobody wrote. */
  readonly isLawChanged: boolean
}

/**
 * Takes into an index what changed since a look, and answers the look it is as of now.
 * Taking a change twice does no harm, so a failure half-way is mended by following again from the same look.
 */
export async function followIndex(
  reads: Reader,
  index: MedicineIndex,
  before: Look,
): Promise<Followed> {
  const look = await lookNow(reads)
  if (look.today !== before.today) return readAgain(reads, index, look)
  const looks = { since: before.seen, until: look.seen }
  const [changes, moved, learned] = await Promise.all([
    findChangedPacks(reads, looks, changesMax),
    findMovedPacks(reads, looks, changesMax),
    findChangedPopularity(reads, looks, changesMax),
  ])
  if (changes.isMany || learned.length >= changesMax) return readAgain(reads, index, look)
  await takeLawAndPacks(reads, index, changes)
  await takeShelf(reads, index, moved)
  learn(index, learned)
  const written = changes.packIds.length
  const taken = written + moved.length + learned.length
  return { look, taken, written, isLawChanged: changes.isLawChanged }
}

async function readAgain(reads: Reader, index: MedicineIndex, look: Look): Promise<Followed> {
  const read = await loadIndex(reads, index, true)
  return { look, taken: read, written: read, isLawChanged: true }
}

async function takeLawAndPacks(
  reads: Reader,
  index: MedicineIndex,
  { packIds, isLawChanged }: CatalogueChanges,
): Promise<void> {
  if (packIds.length === 0 && !isLawChanged) return
  const law = await readSaleLaw(reads)
  if (isLawChanged) judgeAgain(index, law)
  for (let from = 0; from < packIds.length; from += packsAtOnce) {
    const some = packIds.slice(from, from + packsAtOnce)
    const rows = await readListedPacksOf(reads, law, some)
    for (const [i, row] of rows.entries()) {
      index.putChanged(row)
      if (i % putsAtOnce === putsAtOnce - 1) await nextTurn()
    }
    const there = new Set(rows.map(row => row.id))
    for (const id of some) if (!there.has(id)) index.remove(id)
  }
}

async function takeShelf(
  reads: Reader,
  index: MedicineIndex,
  packIds: readonly string[],
): Promise<void> {
  if (packIds.length === 0) return
  if (packIds.length >= changesMax) return loadShelf(reads, index)
  for (const [id, one] of await findAvailability(reads, packIds))
    index.setShelf(id, one.availablePacks, one.earliestExpiry)
}
