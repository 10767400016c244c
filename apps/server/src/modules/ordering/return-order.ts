import { issueCreditNote } from '#modules/billing'
import { takeBackSupply } from '#modules/dispensing'
import { refuseAtDoor } from '#modules/payments'
import { returnToQuarantine } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { giveMoneyBack } from './give-money-back.ts'
import { assertMay, enterState, lockOrder } from './order-step.ts'

/** An order refused at the door comes back: its packs were outside the store, so they go to quarantine. */
export async function returnOrder(
  database: Database,
  caller: Caller,
  request: { id: string; reason: string },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('return_to_store', order)
    await enterState(tx, caller, order, { state: 'returned', actor: 'staff', note: request.reason })
    await emit(tx, caller, 'ordering.order_returned', { orderId: order.id })
    await issueCreditNote(tx, caller, {
      orderId: order.id,
      reason: 'refused_at_door',
      lines: 'all',
    })
    await refuseAtDoor(tx, caller, order.id)
    await takeBackSupply(tx, caller, { orderId: order.id, reason: 'Refused at the door' })
    await giveMoneyBack(tx, caller, order, 'refused_at_door')
    await returnToQuarantine(tx, caller, order.id)
  })
}
