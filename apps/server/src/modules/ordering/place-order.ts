import assert from 'node:assert/strict'
import { takeUses } from '#modules/promotions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { claimKey } from '#kernel/idempotency'
import { inTransaction, NotKept, together, type Tx } from '#kernel/transaction'
import { spendCredit } from '#modules/payments'
import { noteUnmet, type NotReserved } from '#modules/stock'
import { askForMoney } from './ask-for-money.ts'
import { askPharmacist } from './ask-pharmacist.ts'
import { findTerms, type Terms } from './find-terms.ts'
import { holdAndCommit, holdForOrder, whyNotHeld } from './hold-for-order.ts'
import { lockCart } from './lock-cart.ts'
import { type Checkout, readCheckout } from './read-checkout.ts'
import { type OrderToWrite, writeOrder } from './write-order.ts'

/**
 * Makes the person's cart an order, once per cart and per key, and holds its packs first expiry first. Everything but
 * the question for money is written before the stock is taken, because the shelf's rows are what everybody waits for.
 * An order with a prescription medicine waits for a pharmacist, one paid online for its money, any other is placed.
 * A refusal leaves the cart as it was: `cart_empty`, `cart_changed`, `price_changed`, what the law has against a
 * line, `cash_limit_exceeded`, `coupon_used_up`, `credit_changed`, `out_of_stock`, what is wrong with the address, the files or the
 * patient. Returns the order's id.
 */
export async function placeOrder(
  database: Database,
  caller: Caller,
  key: string,
  checkout: Checkout,
): Promise<{ id: string }> {
  assert(caller.personId, 'checkout is for signed-in people')
  const { personId } = caller
  const placing = { key, personId, checkout, terms: await findTerms(database, personId, checkout) }
  const tried: Tried = { isHeldLast: true }
  try {
    return await place(database, caller, placing, tried)
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    const why = error.answer as NotReserved
    if (why.outcome === 'out_of_stock') {
      await noteUnmet(database.db, {
        packId: why.packId,
        packs: why.shortPacks,
        askedIn: 'checkout',
      })
    }
    if (why.outcome !== 'cheaper') throw await whyNotHeld(database.reads, tried.order!, why)
    // A price must be lowered behind the reservation, so the commit cannot travel with it.
    return place(database, caller, placing, { isHeldLast: false })
  }
}

interface Placing {
  readonly key: string
  readonly personId: string
  readonly checkout: Checkout
  readonly terms: Terms
}

interface Tried {
  /** The packs are held by the statement that commits, where nothing has to follow it. */
  isHeldLast: boolean
  order?: OrderToWrite
}

async function place(
  database: Database,
  caller: Caller,
  { key, personId, checkout, terms }: Placing,
  tried: Tried,
): Promise<{ id: string }> {
  let last: ((tx: Tx) => Promise<unknown>) | undefined
  return inTransaction(
    database,
    caller,
    async tx => {
      last = undefined
      const claim = { scope: `ordering.place_order:${personId}`, key, request: checkout }
      const [{ isFirst, answer }, cart] = await together(tx, both =>
        Promise.all([claimKey(both, claim, { id: newId() }), lockCart(both, personId)]),
      )
      if (!isFirst) return answer
      const order = await readCheckout(tx, { id: answer.id, personId, cart }, checkout, terms)
      tried.order = order
      if (tried.isHeldLast && isPlain(order)) {
        last = lastTx =>
          together(lastTx, all =>
            Promise.all([
              writeOrder(all, caller, order),
              emit(all, caller, 'ordering.order_placed', { orderId: order.id }),
              holdAndCommit(all, caller, order),
            ]),
          )
        return answer
      }
      await writeWhole(tx, caller, order, checkout)
      if (order.state === 'awaiting_payment') {
        await holdForOrder(tx, caller, order)
        await askForMoney(tx, caller, order.id)
      } else if (tried.isHeldLast) last = lastTx => holdAndCommit(lastTx, caller, order)
      else await holdForOrder(tx, caller, order)
      return answer
    },
    async tx => {
      await last?.(tx)
    },
  )
}

/** Whether the order waits for nothing and takes nothing but packs: none of its statements needs another's answer. */
function isPlain({ state, given, creditPaise }: OrderToWrite): boolean {
  return state === 'placed' && given.length === 0 && creditPaise === 0
}

async function writeWhole(
  tx: Tx,
  caller: Caller,
  order: OrderToWrite,
  checkout: Checkout,
): Promise<void> {
  const { id: orderId, personId, state, creditPaise } = order
  const serial = await writeOrder(tx, caller, order)
  if (state === 'placed') await emit(tx, caller, 'ordering.order_placed', { orderId })
  else await emit(tx, caller, 'ordering.order_awaiting', { orderId, state })
  if (state === 'awaiting_prescription') {
    await askPharmacist(tx, caller, { ...order, serial }, checkout.prescription)
  }
  await takeUses(tx, order, order.given)
  if (creditPaise > 0) {
    await spendCredit(tx, caller, { personId, orderId, amountPaise: creditPaise })
  }
}
