import assert from 'node:assert/strict'
import { type Address, type Fulfilment, type PaymentMethod, payWithCredit } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import { assertCashOffered } from '#modules/payments'
import type { Offer } from '#modules/promotions'
import type { Store } from '#modules/stock'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { assertOrderable } from './assert-orderable.ts'
import { discountsOf, versionOf } from './cart-offers.ts'
import { cartPriceOf, cartVersion, changeSince } from './cart-rules.ts'
import type { Destination } from './find-destination.ts'
import { findLines } from './find-cart.ts'
import { firstStateOf, holdHours } from './hold-hours.ts'
import { assertCashAllowed, totalOf } from './order-total.ts'
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

const chilled = new Set(['cold', 'frozen'])

/** The order this cart would be, every rule but the shelf's checked; the cart is locked until the commit. */
export async function readCheckout(
  tx: Tx,
  personId: string,
  checkout: Checkout,
  {
    address,
    lane,
    fulfilment,
    store,
    openOffers,
  }: Destination & { store: Store; openOffers: readonly Offer[] },
): Promise<OrderToWrite> {
  const { cartId, couponCode } = await lockCart(tx, personId)
  const lines = cartId === null ? [] : await findPricedLines(tx, cartId)
  if (cartId === null || lines.length === 0) throw cartEmpty()
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
    await assertCash(tx, { personId, lines, totalPaise: total.totalPaise, store })
  }
  const state = firstStateOf({
    lines: priced,
    paymentMethod,
    isPaid: creditPaise === total.totalPaise,
  })
  return {
    id: newId(),
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
    storeId: store.id,
    lines: priced,
    total,
    given: discounts.given,
    language: checkout.language ?? 'en',
  }
}

async function findPricedLines(tx: Tx, cartId: string) {
  const stored = await findLines(tx, cartId)
  const packs = await findPacks(
    tx,
    stored.map(line => line.packId),
  )
  return stored.flatMap(({ packId, quantity }) => {
    const pack = packs.get(packId)
    return pack ? [{ packId, quantity, pack, pricePaise: cartPriceOf(pack) }] : []
  })
}

async function assertCash(
  tx: Tx,
  order: {
    personId: string
    lines: readonly { pack: { storageClass: string } }[]
    totalPaise: number
    store: Store
  },
): Promise<void> {
  const { personId, lines, totalPaise, store } = order
  assertCashAllowed(totalPaise, store.cashLimitPaise)
  const hasColdChain = lines.some(({ pack }) => chilled.has(pack.storageClass))
  await assertCashOffered(tx, { personId, totalPaise, hasColdChain })
}

async function lockCart(
  tx: Tx,
  personId: string,
): Promise<{ cartId: string | null; couponCode: string | null }> {
  const { rows } = await sql<{ cartId: string; couponCode: string | null }>`
    select id as "cartId", coupon_code as "couponCode"
    from ordering.cart where person_id = ${personId} and state = 'open'
    for update`.execute(tx)
  return rows[0] ?? { cartId: null, couponCode: null }
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
