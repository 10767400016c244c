import assert from 'node:assert/strict'
import type { Held, IssuePlan } from './issue-plan.ts'

/** Units of one batch in one bin. */
export interface InBin {
  readonly batchId: string
  readonly bin: string
  readonly units: number
}

export type HeldInBin = Held & { readonly bin: string }

/** One movement of a sellable position. */
export interface BinMove {
  readonly batchId: string
  readonly bin: string
  readonly kind: 'issued' | 'released'
  readonly onHand: number
  readonly reserved: number
}

/**
 * Says from which bins the units of a plan go: what was held leaves the bins it was held in, what is taken in exchange
 * leaves the bins with free units, and what was held but not taken is freed where it was held.
 */
export function spreadOverBins(
  plan: IssuePlan,
  held: readonly HeldInBin[],
  free: readonly InBin[],
): BinMove[] {
  const heldLeft = held.map(one => ({ ...one }))
  const freeLeft = free.map(one => ({ ...one }))
  const issued = plan.issues.flatMap(({ batchId, units, isFromHold }) =>
    take(isFromHold ? heldLeft : freeLeft, batchId, units).map(
      (taken): BinMove => ({
        ...taken,
        kind: 'issued',
        onHand: -taken.units,
        reserved: isFromHold ? -taken.units : 0,
      }),
    ),
  )
  const released = plan.releases.flatMap(({ batchId, units }) =>
    take(heldLeft, batchId, units).map(
      (taken): BinMove => ({ ...taken, kind: 'released', onHand: 0, reserved: -taken.units }),
    ),
  )
  return [...issued, ...released]
}

function take(left: { batchId: string; bin: string; units: number }[], id: string, units: number) {
  let needed = units
  const taken: InBin[] = []
  for (const one of left) {
    if (one.batchId !== id || one.units === 0 || needed === 0) continue
    const from = Math.min(one.units, needed)
    one.units -= from
    needed -= from
    taken.push({ batchId: id, bin: one.bin, units: from })
  }
  assert(needed === 0, 'the plan takes no more than lies in the bins')
  return taken
}
