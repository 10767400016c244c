import assert from 'node:assert/strict'
import { type Address, type Fulfilment, type PaymentMethod, payWithCredit } from '@janta/contracts'
import { findPacks } from '#modules/catalogue'
import { dayOf } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { assertCash } from './assert-cash.ts'
import { assertOrderable } from './assert-orderable.ts'
import { discountsOf, versionOf } from './cart-offers.ts'
import { cartPriceOf, cartVersion, changeSince } from './cart-rules.ts'
import type { Terms } from './find-terms.ts'
import { firstStateOf, holdHours } from './hold-hours.ts'
import type { LockedCart } from './lock-cart.ts'
import { totalOf } from './order-total.ts'
import type { OrderToWrite } from './write-order.ts'

export interface Checkout {
  readonly address: Address
  readonly paymentMethod: PaymentMethod
  /** Absent: delivery. */
  readonly fulfilment?: Fulfilment | undefined
  /** The files a pharmacist shall look at, and whom the medicines are for; needed where a line needs a prescription. */
  readonly prescription?:
    | { readonly uploadIds: readonly string[]; readonly patientId?: string | undefined }
    | undefined
  readonly cartVersion: string
  /** How much of her store credit the customer would have pay first, as she saw it; absent: none. */
  readonly creditPaise?: number | undefined
  /** Of the papers; absent: English. */
  readonly language?: 'en' | 'hi' | undefined
}

const hourMs = 3_600_000

/** The order this locked cart would be, every rule but the shelf's checked. */
export async function readCheckout(
  tx: Tx,
  { id, personId, cart }: { id: string; personId: string; cart: LockedCart | null },
  checkout: Checkout,
  terms: Terms,
): Promise<OrderToWrite> {
  const { address, lane, fulfilment, store, openOffers } = terms
  const lines = cart === null ? [] : await priceLines(tx, cart, terms.packs)
  if (cart === null || lines.length === 0) throw cartEmpty()
  const { id: cartId, couponCode } = cart
  const discounts = await discountsOf(tx, {
    personId,
    couponCode,
    openOffers,
    lines: lines.map(line => ({
      amountPaise: (line.pricePaise ?? 0) * line.quantity,
      pack: line.pack,
    })),
  })
  const version = cartVersion(cartId, lines, versionOf(discounts))
  assertUnchanged(checkout.cartVersion, version)
  const hasPrescription = (checkout.prescription?.uploadIds.length ?? 0) > 0
  for (const { pack } of lines) assertOrderable(pack, { lane, fulfilment, hasPrescription })
  const priced = lines.map((line, at) => {
    assert(line.pricePaise !== null, 'a pack without a price was refused above')
    const needsPrescription = line.pack.terms.needsPrescription
    const discountPaise = discounts.shares[at]!
    return { ...line, pricePaise: line.pricePaise, needsPrescription, discountPaise }
  })
  const total = totalOf(priced, lane, discounts)
  const { creditPaise, paymentMethod } = payWithCredit({
    totalPaise: total.totalPaise,
    offeredPaise: checkout.creditPaise ?? 0,
    paymentMethod: checkout.paymentMethod,
  })
  if (paymentMethod === 'cash_on_delivery') {
    assertCash(
      terms,
      lines.map(line => line.pack),
      total.totalPaise,
    )
  }
  const state = firstStateOf({
    lines: priced,
    paymentMethod,
    isPaid: creditPaise === total.totalPaise,
  })
  return {
    id,
    cartId,
    version,
    personId,
    address,
    lane,
    fulfilment,
    paymentMethod,
    creditPaise,
    state,
    holdHours: holdHours[state],
    deliveredOn: dayOf(new Date(cart.now.getTime() + lane.hoursMax * hourMs)),
    storeId: store.id,
    lines: priced,
    total,
    given: discounts.given,
    language: checkout.language ?? 'en',
  }
}

async function priceLines(tx: Tx, { lines }: LockedCart, known: Terms['packs']) {
  const isKnown = lines.every(line => known.has(line.packId))
  const packs = isKnown
    ? known
    : await findPacks(
        tx,
        lines.map(line => line.packId),
      )
  return lines.flatMap(({ packId, quantity }) => {
    const pack = packs.get(packId)
    return pack ? [{ packId, quantity, pack, pricePaise: cartPriceOf(pack) }] : []
  })
}

function cartEmpty(): Refusal {
  return new Refusal(
    'cart_empty',
    'There is nothing in the cart. If you have just ordered, look under My orders.',
  )
}

function assertUnchanged(seen: string, now: string): void {
  const change = changeSince(seen, now)
  if (change === 'price') {
    throw new Refusal(
      'price_changed',
      'A price changed since you looked. Check the new total and order again; nothing was lost.',
    )
  }
  if (change === 'cart') {
    throw new Refusal(
      'cart_changed',
      'The cart changed since you looked, perhaps in another window. Check it and order again; nothing was lost.',
    )
  }
}
