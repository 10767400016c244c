import assert from 'node:assert/strict'
import { creditLines, type InvoicedLine } from '../src/modules/billing/credit-request.ts'
import {
  type LineAmounts,
  nothingCredited,
  roundOffCredited,
} from '../src/modules/billing/credited-so-far.ts'
import { type ReckonedLine, reckonInvoice } from '../src/modules/billing/reckon-invoice.ts'
import { type Offer, reckonDiscounts } from '../src/modules/promotions/index.ts'
import { type CreditUse, paidWithCredit } from './credit-purse-for-tests.ts'

/** Numbers below one that come again for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const rates = [0, 500, 500, 500, 1200, 1800]
const packSizes = [1, 10, 10, 15, 30]

/** What one cart was seen to do, to prove that the property looked at what it says. */
export interface CartSeen {
  readonly lines: number
  readonly isLoose: boolean
  readonly hasCoupon: boolean
  readonly rates: number
  readonly returns: number
  readonly credit: CreditUse
}

/**
 * Sells a cart made by `random`, often for store credit, and takes it back piece by piece: fails unless every line adds
 * up, the printed tax is the tax computed anew, and what goes back comes to what was paid, by its source, to the paisa.
 */
export function provePaisa(random: () => number): CartSeen {
  const below = (limit: number) => Math.floor(random() * limit)
  const lines = Array.from({ length: 1 + below(6) }, (_, at) => {
    const unitsPerPack = packSizes[below(packSizes.length)]!
    const mrpPaise = 100 + below(250_000)
    return {
      line: at + 1,
      hsn: '3004',
      unitsPerPack,
      units: random() < 0.3 ? 1 + below(3 * unitsPerPack) : unitsPerPack * (1 + below(5)),
      mrpPaise,
      pricePaise: mrpPaise - below(Math.floor(mrpPaise / 3) + 1),
      rateBasisPoints: rates[below(rates.length)]!,
    }
  })
  const priced = lines.map(one => Math.floor((one.pricePaise * one.units) / one.unitsPerPack))
  const whole = priced.reduce((sum, one) => sum + one, 0)
  const { discountPaise: coupon, shares } = reckonDiscounts(
    priced.map(amountPaise => ({ amountPaise, mayDiscount: random() < 0.8 })),
    offersOf(random, whole),
    random() < 0.5,
  )
  const fee = random() < 0.4 ? below(10_000) : 0
  const expected = whole - coupon + fee
  const purse = paidWithCredit(random, expected)
  const sale = {
    lines,
    discounts: lines.map(({ line }, at) => ({ line, sharePaise: shares[at]! })),
    fee: {
      feePaise: fee,
      treatment: random() < 0.5 ? ('own_service' as const) : ('follows_goods' as const),
      serviceCode: '9968',
      serviceRateBasisPoints: 1800,
    },
    isInterState: random() < 0.3,
    isCash: purse.isCash,
  }
  const { goods, fee: feeLine, totals } = reckonInvoice(sale)
  const all: ReckonedLine[] = feeLine ? [...goods, feeLine] : goods
  for (const line of all) assertTax(line, sale.isInterState)
  assert.equal(totals.netPaise, expected, 'the lines come to what the customer was shown')
  assert.equal(totals.totalPaise, totals.netPaise + totals.roundOffPaise)
  assert.ok(totals.totalPaise <= totals.grossPaise, 'never above the MRPs')
  const sold = all.map(
    (line, at): Sold => ({ ...line, ...(goods[at] ?? { units: 1, unitsPerPack: 1 }) }),
  )
  purse.settle(totals.totalPaise)
  const returns = takeBack(sold, totals, { random, giveBack: purse.giveBack })
  return {
    lines: lines.length,
    isLoose: lines.some(one => one.units % one.unitsPerPack > 0),
    hasCoupon: coupon > 0,
    rates: new Set(lines.map(one => one.rateBasisPoints)).size,
    returns,
    credit: purse.assertEmpty(),
  }
}

/** A coupon and up to two offers that give themselves, in lanes that compete or add. */
function offersOf(random: () => number, whole: number): Offer[] {
  const below = (limit: number) => Math.floor(random() * limit)
  return Array.from({ length: below(4) }, (_, at): Offer => {
    const isPercent = random() < 0.5
    return {
      id: String(at),
      name: 'Offer',
      nameHi: 'Offer',
      code: at === 0 ? 'COUPON' : null,
      benefit: isPercent ? 'percent' : 'amount',
      basisPoints: isPercent ? 1 + below(9_000) : null,
      amountPaise: isPercent ? null : 1 + below(whole + 1),
      mostPaise: isPercent && random() < 0.3 ? 1 + below(20_000) : null,
      fromItemsPaise: random() < 0.3 ? below(2 * whole + 1) : 0,
      lane: random() < 0.6 ? 'main' : 'extra',
      isFirstOrder: random() < 0.2,
      isUsedUp: random() < 0.1,
    }
  })
}

/** The tax once more, by another way: in whole numbers of any size. */
function assertTax(line: ReckonedLine, isInter: boolean): void {
  const [net, rate] = [BigInt(line.netPaise), BigInt(line.rateBasisPoints)]
  const halfUp = (top: bigint, bottom: bigint) => Number((top * 2n + bottom) / (bottom * 2n))
  const half = isInter ? 0 : halfUp(net * rate, 2n * (10_000n + rate))
  const igst = isInter ? halfUp(net * rate, 10_000n + rate) : 0
  assert.deepEqual([line.cgstPaise, line.sgstPaise, line.igstPaise], [half, half, igst])
  assert.equal(line.taxablePaise + line.cgstPaise + line.sgstPaise + line.igstPaise, line.netPaise)
  assert.equal(line.grossPaise - line.discountPaise - line.sharePaise, line.netPaise)
}

type Sold = ReckonedLine & { units: number; unitsPerPack: number }
type Totals = ReturnType<typeof reckonInvoice>['totals']

/** Returns some of the lines in parts, then all that is left; answers how many returns it took. */
function takeBack(
  sold: readonly Sold[],
  totals: Totals,
  { random, giveBack }: { random: () => number; giveBack: (paise: number) => void },
): number {
  const state = sold.map(
    (line, at): InvoicedLine => ({
      ...line,
      id: String(at),
      dispensingId: String(at),
      packs: Math.ceil(line.units / line.unitsPerPack),
      uqcQuantity: line.units,
      unitsCredited: 0,
      credited: nothingCredited,
    }),
  )
  let [creditedNet, refunded, returns] = [0, 0, 0]
  const credit = (credits: ReturnType<typeof creditLines>) => {
    for (const one of credits) {
      const at = Number(one.invoiceLineId)
      const before = state[at]!
      const unitsCredited = before.unitsCredited + one.units
      state[at] = { ...before, unitsCredited, credited: add(before.credited, one) }
    }
    const net = credits.reduce((sum, one) => sum + one.netPaise, 0)
    const rounded = (paise: number) =>
      roundOffCredited(totals.roundOffPaise, paise, totals.netPaise)
    const refund = net + rounded(creditedNet + net) - rounded(creditedNet)
    assert.ok(refund >= 0, 'a return never asks for money')
    giveBack(refund)
    creditedNet += net
    refunded += refund
    returns++
  }
  for (let at = 0; at < state.length; at++) {
    const line = state[at]!
    if (random() < 0.6) {
      credit(
        creditLines(state, [
          { dispensingId: String(at), units: 1 + Math.floor(random() * line.units) },
        ]),
      )
    }
  }
  if (state.some(one => one.unitsCredited < one.units)) credit(creditLines(state, 'all'))
  assert.equal(refunded, totals.totalPaise, 'the refunds come to what was paid')
  for (const [at, line] of state.entries()) assert.deepEqual(line.credited, amountsOf(sold[at]!))
  return returns
}

function add(one: LineAmounts, other: LineAmounts): LineAmounts {
  return {
    netPaise: one.netPaise + other.netPaise,
    taxablePaise: one.taxablePaise + other.taxablePaise,
    cgstPaise: one.cgstPaise + other.cgstPaise,
    sgstPaise: one.sgstPaise + other.sgstPaise,
    igstPaise: one.igstPaise + other.igstPaise,
  }
}

function amountsOf({
  netPaise,
  taxablePaise,
  cgstPaise,
  sgstPaise,
  igstPaise,
}: LineAmounts): LineAmounts {
  return { netPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise }
}
