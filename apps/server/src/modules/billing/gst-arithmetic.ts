import assert from 'node:assert/strict'
import { assertWhole, divideDown, divideHalfUp } from '#kernel/money'

/** The heads a tax is paid under; a line carries either the two halves or IGST, never both. */
export interface TaxHeads {
  readonly cgstPaise: number
  /** SGST, or UTGST in a Union territory without a legislature. */
  readonly sgstPaise: number
  readonly igstPaise: number
}

export interface Taxed extends TaxHeads {
  readonly taxablePaise: number
}

export const noTax: TaxHeads = { cgstPaise: 0, sgstPaise: 0, igstPaise: 0 }

const one = 10_000

/** Units at the price of their pack, in paise and never above the pro-rata price: seven of a strip of fifteen. */
export function grossOf(packPricePaise: number, units: number, unitsPerPack: number): number {
  assertWhole(units)
  return divideDown(packPricePaise * units, unitsPerPack)
}

/** A discount in basis points, half up. */
export function discountOf(grossPaise: number, basisPoints: number): number {
  assert(basisPoints >= 0 && basisPoints <= one, 'a discount is between none and all')
  return divideHalfUp(grossPaise * basisPoints, one)
}

/**
 * Takes the tax out of what a customer pays for one line, tax inside. Each head is rounded by itself to the paisa and
 * the taxable value is what remains, so the printed parts always add up to the net; documents add their lines and
 * never compute a tax from a total.
 */
export function taxWithin(netPaise: number, rateBasisPoints: number, isInterState: boolean): Taxed {
  assertWhole(netPaise)
  assertWhole(rateBasisPoints)
  if (isInterState) {
    const igstPaise = divideHalfUp(netPaise * rateBasisPoints, one + rateBasisPoints)
    return { ...noTax, igstPaise, taxablePaise: netPaise - igstPaise }
  }
  // Half of the rate may be half a basis point, so both sides of the division are doubled.
  const half = divideHalfUp(netPaise * rateBasisPoints, 2 * (one + rateBasisPoints))
  return { cgstPaise: half, sgstPaise: half, igstPaise: 0, taxablePaise: netPaise - 2 * half }
}

/**
 * The whole rupees asked for in cash, as what is added to `totalPaise`: to the nearest rupee, half down. Where that
 * would ask more than the MRPs and the fee come to, which nobody may (DPCO 2013, para 26), it goes down instead.
 */
export function cashRoundOff(totalPaise: number, mrpTotalPaise: number): number {
  assertWhole(totalPaise)
  assert(totalPaise <= mrpTotalPaise, 'nobody pays above the MRP')
  const over = totalPaise % 100
  if (over === 0) return 0
  const isUp = over > 50 && totalPaise - over + 100 <= mrpTotalPaise
  return isUp ? 100 - over : -over
}
