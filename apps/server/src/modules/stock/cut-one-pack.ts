import assert from 'node:assert/strict'
import type { BinMove, InBin } from './spread-over-bins.ts'

/**
 * Takes one pack of a batch out of what is issued whole: the pack is cut where it lies instead, so its units are freed
 * where they were held, and `opened` says from which bins they become loose.
 */
export function cutOnePack(
  moves: readonly BinMove[],
  { batchId, unitsPerPack }: { batchId: string; unitsPerPack: number },
): { moves: BinMove[]; opened: InBin[] } {
  let left = unitsPerPack
  const opened: InBin[] = []
  const freed: BinMove[] = []
  const kept = moves.toReversed().map(move => {
    const units =
      move.batchId === batchId && move.kind === 'issued' ? Math.min(left, -move.onHand) : 0
    if (units === 0) return move
    left -= units
    opened.push({ batchId, bin: move.bin, units })
    const isHeld = move.reserved !== 0
    if (isHeld) {
      freed.push({ batchId, bin: move.bin, kind: 'released', onHand: 0, reserved: -units })
    }
    return { ...move, onHand: move.onHand + units, reserved: move.reserved + (isHeld ? units : 0) }
  })
  assert(left === 0, 'a pack that is cut is one of those picked')
  return {
    moves: [...kept.reverse().filter(move => move.onHand !== 0 || move.reserved !== 0), ...freed],
    opened,
  }
}
