import assert from 'node:assert/strict'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { inTransaction, type Tx } from '#kernel/transaction'
import { askForMoney } from './ask-for-money.ts'
import { askPharmacist } from './ask-pharmacist.ts'
import { findDestination } from './find-destination.ts'
import { holdForOrder } from './hold-for-order.ts'
import { type Checkout, readCheckout } from './read-checkout.ts'
import { type WrittenOrder, writeOrder } from './write-order.ts'

/**
 * Makes the person's cart an order, once per cart and per key, and holds its packs first expiry first. Everything but
 * the question for money is written before the stock is taken, because the shelf's rows are what everybody waits for.
 * An order with a prescription medicine waits for a pharmacist, one paid online for its money, any other is placed.
 * A refusal leaves the cart as it was: `cart_empty`, `cart_changed`, `price_changed`, what the law has against a
 * line, `cash_limit_exceeded`, `out_of_stock`, what is wrong with the address, the files or the patient. Returns the
 * order's id.
 */
export async function placeOrder(
  database: Database,
  caller: Caller,
  key: string,
  checkout: Checkout,
): Promise<{ id: string }> {
  assert(caller.personId, 'checkout is for signed-in people')
  const { personId } = caller
  const destination = await findDestination(database, checkout)
  return inTransaction(database, caller, async tx => {
    const written: WrittenOrder[] = []
    const claim = { scope: `ordering.place_order:${personId}`, key, request: checkout }
    const answer = await once(tx, claim, async () => {
      const order = await readCheckout(tx, personId, checkout, destination)
      written.push(await writeOrder(tx, caller, order))
      return { id: order.id }
    })
    for (const order of written) await begin(tx, caller, order, checkout)
    return answer
  })
}

async function begin(
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
  await holdForOrder(tx, caller, order)
  if (state === 'awaiting_payment') await askForMoney(tx, caller, orderId)
}
