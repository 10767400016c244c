import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import { closeUnpaid, findCashTerms } from '#modules/payments'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertCash } from './assert-cash.ts'
import { toTheDoor } from './find-destination.ts'
import { findPlaced } from './find-placed-lines.ts'
import { fitCredit } from './fit-credit.ts'
import { letPass } from './let-pass.ts'
import { assertMay, type LockedOrder, lockOrder } from './order-step.ts'

/**
 * A customer whose order waits for her money pays in cash after all, within the limits of cash: nobody is sent to the
 * bank any more, what comes from it all the same goes back by itself, and the order is placed. Refuses
 * `order_state_forbids`, also once money is under way; `pin_code_not_served`, `cash_limit_exceeded`, `cash_not_offered`;
 * and `not_found` for an order of somebody else.
 */
export async function payAtDoor(
  database: Database,
  caller: Caller,
  { id }: { id: string },
): Promise<void> {
  const { personId } = caller
  assert(personId, 'a customer chooses, never the machinery')
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, id, personId)
    assertMay('pay', order)
    await assertCashFor(tx, order)
    if (!(await closeUnpaid(tx, id))) throw onItsWay()
    const paymentMethod = 'cash_on_delivery' as const
    await sql`
      update ordering.order set payment_method = ${paymentMethod} where id = ${id}`.execute(tx)
    const inCash = await fitCredit(tx, caller, { ...order, paymentMethod }, 'cash_instead')
    await letPass(tx, caller, inCash, 'customer')
  })
}

async function assertCashFor(tx: Tx, order: LockedOrder): Promise<void> {
  const { id, personId, totalPaise, fulfilment } = order
  if (fulfilment === 'delivery') await toTheDoor(tx, await findPin(tx, id), 'cash_on_delivery')
  const placed = (await findPlaced(tx, id)).filter(line => line.quantity > 0)
  const packs = await findPacks(
    tx,
    placed.map(line => line.packId),
  )
  const [cash, store] = [await findCashTerms(tx, personId), await defaultStore(tx)]
  assertCash({ cash, store }, [...packs.values()], totalPaise)
}

async function findPin(tx: Tx, orderId: string): Promise<string> {
  const { rows } = await sql<{ pin: string }>`
    select pin from ordering.order where id = ${orderId}`.execute(tx)
  return rows[0]!.pin
}

function onItsWay(): Refusal {
  return new Refusal(
    'order_state_forbids',
    'Your payment is on its way to us. Wait a moment and look at the order again.',
  )
}
