import assert from 'node:assert/strict'
import { assertWhole, divideDown } from '#kernel/money'

const basisPointsOfOne = 10_000

/**
 * The most one pack may cost under a notified ceiling: per unit without GST, times the units, plus GST, rounded down
 * (DPCO 2013). 2.00 a tablet, 15 tablets, 5 % GST: 31.50.
 */
export function capPerPack(ceiling: {
  readonly ceilingPaise: number
  readonly units: number
  readonly taxRateBasisPoints: number
}): number {
  const { ceilingPaise, units, taxRateBasisPoints } = ceiling
  return divideDown(
    ceilingPaise * units * (basisPointsOfOne + taxRateBasisPoints),
    basisPointsOfOne,
  )
}

/**
 * What one pack is sold at: the lowest of the price shown, the MRP on the label and the notified ceiling with GST
 * (DPCO 2013, para 26). The one rule of display, checkout and packing; null limits are unknown or do not apply.
 */
export function sellingPricePaise(limits: {
  readonly displayedPaise: number
  readonly mrpPaise: number | null
  readonly capPaise: number | null
}): number {
  const { displayedPaise, mrpPaise, capPaise } = limits
  assertWhole(displayedPaise)
  return Math.min(displayedPaise, mrpPaise ?? displayedPaise, capPaise ?? displayedPaise)
}

/** So much below MRP, rounded down to whole paise and never below one. */
export function priceBelowMrp(mrpPaise: number, offBasisPoints: number): number {
  assert(offBasisPoints >= 0 && offBasisPoints < basisPointsOfOne, 'a rule takes off less than all')
  return Math.max(1, divideDown(mrpPaise * (basisPointsOfOne - offBasisPoints), basisPointsOfOne))
}
