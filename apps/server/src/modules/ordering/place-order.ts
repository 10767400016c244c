import assert from 'node:assert/strict'
import { findOpenOffers, takeUses } from '#modules/promotions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { inTransaction, NotKept, type Tx } from '#kernel/transaction'
import { spendCredit } from '#modules/payments'
import { noteUnmet, type NotReserved } from '#modules/stock'
import { askForMoney } from './ask-for-money.ts'
import { askPharmacist } from './ask-pharmacist.ts'
import { findDestination } from './find-destination.ts'
import { holdAndCommit, holdForOrder, whyNotHeld } from './hold-for-order.ts'
import { type Checkout, readCheckout } from './read-checkout.ts'
import { type WrittenOrder, writeOrder } from './write-order.ts'

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
  // Asked beside the destination, so that the order's own transaction asks only for its coupon.
  const [destination, openOffers] = await Promise.all([
    findDestination(database, checkout),
    findOpenOffers(database.reads, personId),
  ])
  const placing = { key, personId, checkout, destination: { ...destination, openOffers } }
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
  readonly destination: Parameters<typeof readCheckout>[3]
}

interface Tried {
  /** The packs are held by the statement that commits, where nothing has to follow it. */
  isHeldLast: boolean
  order?: WrittenOrder
}

async function place(
  database: Database,
  caller: Caller,
  { key, personId, checkout, destination }: Placing,
  tried: Tried,
): Promise<{ id: string }> {
  let toHold: WrittenOrder | undefined
  return inTransaction(
    database,
    caller,
    async tx => {
      toHold = undefined
      const written: WrittenOrder[] = []
      const claim = { scope: `ordering.place_order:${personId}`, key, request: checkout }
      const answer = await once(tx, claim, async () => {
        const order = await readCheckout(tx, personId, checkout, destination)
        written.push(await writeOrder(tx, caller, order))
        return { id: order.id }
      })
      for (const order of written) {
        tried.order = order
        await tell(tx, caller, order, checkout)
        if (order.creditPaise > 0) {
          const { id: orderId, creditPaise: amountPaise } = order
          await spendCredit(tx, caller, { personId, orderId, amountPaise })
        }
        if (tried.isHeldLast && order.state !== 'awaiting_payment') toHold = order
        else await holdForOrder(tx, caller, order)
        if (order.state === 'awaiting_payment') await askForMoney(tx, caller, order.id)
      }
      return answer
    },
    async tx => {
      if (toHold) await holdAndCommit(tx, caller, toHold)
    },
  )
}

async function tell(
  tx: Tx,
  caller: Caller,
  order: WrittenOrder,
  checkout: Checkout,
): Promise<void> {
  const { id: orderId, state } = order
  if (state === 'placed') await emit(tx, caller, 'ordering.order_placed', { orderId })
  else await emit(tx, caller, 'ordering.order_awaiting', { orderId, state })
  if (state === 'awaiting_prescription')
    await askPharmacist(tx, caller, order, checkout.prescription)
  await takeUses(tx, order, order.given)
}
