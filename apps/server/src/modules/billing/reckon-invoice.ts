import assert from 'node:assert/strict'
import { assertWhole } from '#kernel/money'
import { shareExactly } from '#kernel/share-exactly'
import { cashRoundOff, grossOf, taxWithin } from './gst-arithmetic.ts'
import type { DiscountShare } from './invoice-request.ts'

/** What of a line decides its money. */
export interface PricedLine {
  readonly line: number
  readonly hsn: string
  readonly units: number
  readonly unitsPerPack: number
  readonly mrpPaise: number
  readonly pricePaise: number
  readonly rateBasisPoints: number
}

/** The fee for delivery, tax inside; `follows_goods` lets it take code and rate of the dearest line. */
export interface DeliveryFee {
  readonly feePaise: number
  readonly treatment: 'own_service' | 'follows_goods'
  readonly serviceCode: string
  readonly serviceRateBasisPoints: number
}

export interface ReckonedLine {
  readonly hsn: string
  readonly rateBasisPoints: number
  readonly grossPaise: number
  readonly discountPaise: number
  readonly sharePaise: number
  readonly netPaise: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
}

export interface Totals {
  readonly grossPaise: number
  readonly discountPaise: number
  readonly netPaise: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
  readonly roundOffPaise: number
  readonly totalPaise: number
}

export interface Sale<Line extends PricedLine> {
  readonly lines: readonly Line[]
  readonly discounts: readonly DiscountShare[]
  readonly fee: DeliveryFee
  readonly isInterState: boolean
  readonly isCash: boolean
}

/**
 * The money of an invoice: each line by itself, the totals as their sums. The fee for delivery, when there is one, is
 * the last line. What a batch costs is never above its MRP, and a discount never above what it is given on.
 */
export function reckonInvoice<Line extends PricedLine>(
  sale: Sale<Line>,
): { goods: (Line & ReckonedLine)[]; fee: ReckonedLine | null; totals: Totals } {
  const { lines, fee, isInterState, isCash } = sale
  const shares = sharesOf(lines, sale.discounts)
  const goods = lines.map((line, at) => {
    const { mrpPaise, pricePaise, units, unitsPerPack } = line
    assert(pricePaise <= mrpPaise, 'nothing is sold above its MRP')
    const grossPaise = grossOf(mrpPaise, units, unitsPerPack)
    const pricedPaise = grossOf(pricePaise, units, unitsPerPack)
    return {
      ...line,
      ...taxed(line, { grossPaise, pricedPaise, sharePaise: shares[at]! }, isInterState),
    }
  })
  const feeLine = feeLineOf(goods, fee, isInterState)
  return { goods, fee: feeLine, totals: totalsOf(feeLine ? [...goods, feeLine] : goods, isCash) }
}

function taxed(
  of: { hsn: string; rateBasisPoints: number },
  money: { grossPaise: number; pricedPaise: number; sharePaise: number },
  isInterState: boolean,
): ReckonedLine {
  const { grossPaise, pricedPaise, sharePaise } = money
  const netPaise = pricedPaise - sharePaise
  return {
    hsn: of.hsn,
    rateBasisPoints: of.rateBasisPoints,
    grossPaise,
    discountPaise: grossPaise - pricedPaise,
    sharePaise,
    netPaise,
    ...taxWithin(netPaise, of.rateBasisPoints, isInterState),
  }
}

/** A line's share of a discount, divided once more among the batches the line left in. */
function sharesOf(lines: readonly PricedLine[], discounts: readonly DiscountShare[]): number[] {
  const shares = lines.map(() => 0)
  for (const { line, sharePaise } of discounts) {
    const at = lines.flatMap((one, index) => (one.line === line ? [index] : []))
    const priced = at.map(index => {
      const { pricePaise, units, unitsPerPack } = lines[index]!
      return grossOf(pricePaise, units, unitsPerPack)
    })
    assertWhole(sharePaise)
    const whole = priced.reduce((sum, one) => sum + one, 0)
    // A ceiling notified after the order may bring the price of the batch below the discount that was frozen.
    const share = Math.min(sharePaise, whole)
    if (share === 0) continue
    shareExactly(share, priced).forEach((share, index) => {
      shares[at[index]!]! += share
    })
  }
  return shares
}

function feeLineOf(
  goods: readonly ReckonedLine[],
  fee: DeliveryFee,
  isInterState: boolean,
): ReckonedLine | null {
  const { feePaise, treatment, serviceCode, serviceRateBasisPoints } = fee
  if (feePaise === 0) return null
  const own = { hsn: serviceCode, rateBasisPoints: serviceRateBasisPoints }
  // One reading of a composite supply: what goes with goods is taxed as its principal part.
  const principal = goods.toSorted((one, other) => other.netPaise - one.netPaise)[0] ?? own
  const money = { grossPaise: feePaise, pricedPaise: feePaise, sharePaise: 0 }
  return taxed(treatment === 'own_service' ? own : principal, money, isInterState)
}

function totalsOf(lines: readonly ReckonedLine[], isCash: boolean): Totals {
  const sum = (of: (line: ReckonedLine) => number) =>
    lines.reduce((total, line) => total + of(line), 0)
  const grossPaise = sum(line => line.grossPaise)
  const netPaise = sum(line => line.netPaise)
  const roundOffPaise = isCash ? cashRoundOff(netPaise, grossPaise) : 0
  return {
    grossPaise,
    discountPaise: grossPaise - netPaise,
    netPaise,
    taxablePaise: sum(line => line.taxablePaise),
    cgstPaise: sum(line => line.cgstPaise),
    sgstPaise: sum(line => line.sgstPaise),
    igstPaise: sum(line => line.igstPaise),
    roundOffPaise,
    totalPaise: netPaise + roundOffPaise,
  }
}
