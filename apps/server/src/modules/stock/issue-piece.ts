import assert from 'node:assert/strict'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { OpenStrip } from './find-open-strips.ts'
import { writeMoves } from './move-units.ts'
import type { InBin } from './spread-over-bins.ts'

interface Piece {
  readonly causeId: string
  readonly storeId: string
  readonly units: number
}

/** Cuts what was opened where it lies and gives out the piece; the rest stays loose under its own batch and expiry. */
export async function issueFromOpened(
  tx: Tx,
  caller: Caller,
  piece: Piece,
  opened: readonly InBin[],
): Promise<void> {
  const cut = opened.flatMap(one => [
    { ...one, storeId: piece.storeId, state: 'sellable' as const, units: -one.units },
    { ...one, storeId: piece.storeId, state: 'loose' as const },
  ])
  await writeMoves(tx, caller, 'repacked', cut, { kind: 'repack', id: newId() })
  await issueLooseFrom(tx, caller, piece, opened)
}

/**
 * Gives out the piece from strips of one batch cut before. Refuses `out_of_stock` when they hold less, and
 * `batch_not_issuable` when none of that batch may be sold. The caller holds the batch's lock.
 */
export async function issueFromOpen(
  tx: Tx,
  caller: Caller,
  piece: Piece,
  strips: readonly OpenStrip[],
): Promise<void> {
  const [first] = strips
  if (!first) {
    throw new Refusal(
      'batch_not_issuable',
      'No cut strip of that batch may be sold. Cut one of the packs reserved for this order instead.',
    )
  }
  const units = strips.reduce((sum, one) => sum + one.units, 0)
  if (units < piece.units) {
    throw new Refusal(
      'out_of_stock',
      `Only ${units} loose units of batch ${first.batchNumber} are left. Cut one of the packs reserved for this order instead.`,
    )
  }
  await issueLooseFrom(tx, caller, piece, strips)
}

async function issueLooseFrom(
  tx: Tx,
  caller: Caller,
  { causeId, storeId, units }: Piece,
  lying: readonly InBin[],
): Promise<void> {
  let left = units
  const moves = lying.flatMap(({ batchId, bin, units: there }) => {
    const taken = Math.min(left, there)
    left -= taken
    return taken > 0 ? [{ batchId, storeId, bin, state: 'loose' as const, units: -taken }] : []
  })
  assert(left === 0, 'the piece is no more than lies there')
  await writeMoves(tx, caller, 'issued', moves, { kind: 'order', id: causeId })
}
