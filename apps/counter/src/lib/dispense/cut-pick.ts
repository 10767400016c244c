import type { CutLine } from '@janta/contracts'
import type { DeskPick } from '#lib/pick-list.ts'

type OpenStrip = CutLine['openStrips'][number]

/** The pick of a piece from a strip cut before, if the list has one of this medicine. */
export function openStripPick(picks: readonly DeskPick[], medicineId: string) {
  return picks.find(pick => pick.medicineId === medicineId && pick.instead !== undefined)
}

/** The pick one pack of which is cut: the last of the medicine, as the server takes it. */
export function pickToCut(picks: readonly DeskPick[], medicineId: string): DeskPick | undefined {
  return picks.findLast(pick => pick.medicineId === medicineId)
}

/**
 * Takes the piece from a strip cut before: one pack fewer of the pick it was to be cut from, and the piece as a pick of
 * its own, which says `take`.
 */
export function fromOpenStrip(
  picks: readonly DeskPick[],
  medicineId: string,
  { batchId, batchNumber, expiry, bin }: OpenStrip,
  take: string,
): DeskPick[] {
  const instead = pickToCut(picks, medicineId)
  if (!instead) return [...picks]
  const { reason: _, ...pick } = instead
  const open = { packs: 1, counted: 0, isConfirmed: false }
  const strip = { batchId, batchNumber, expiry, bin, take, instead }
  const piece: DeskPick = { ...pick, ...strip, ...open, key: `${pick.key}^${batchId}` }
  return picks.flatMap(one => {
    if (one !== instead) return [one]
    if (one.packs === 1) return [piece]
    return [{ ...one, packs: one.packs - 1, counted: 0, isConfirmed: false }, piece]
  })
}

/** Cuts a whole strip after all: the pick is as it was, to be counted anew. */
export function cutAfterAll(picks: readonly DeskPick[], medicineId: string): DeskPick[] {
  const piece = openStripPick(picks, medicineId)
  const instead = piece?.instead
  if (!instead) return [...picks]
  const whole = { ...instead, counted: 0, isConfirmed: false }
  const isThere = picks.some(one => one.key === instead.key)
  return picks.flatMap(one => {
    if (one.key === instead.key) return [whole]
    if (one !== piece) return [one]
    return isThere ? [] : [whole]
  })
}
