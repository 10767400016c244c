import { expectAtDoor } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { owedInCashPaise } from './cash-counted.ts'
import { assertMay, enterState, lockOrder } from './order-step.ts'
import { assertMayLeave } from './still-lawful.ts'

/**
 * A packed order leaves the store with the rider named, and what he is to collect written down. Refuses
 * `order_state_forbids`, and as `assertMayLeave` does.
 */
export async function handOverOrder(
  database: Database,
  caller: Caller,
  request: { id: string; rider: string },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('hand_over', order)
    if (order.fulfilment === 'pickup') {
      throw new Refusal(
        'order_state_forbids',
        'The customer collects this order at the counter. Give it to her there.',
      )
    }
    await assertMayLeave(tx, order)
    const owedPaise = owedInCashPaise(order)
    if (owedPaise > 0) {
      const { id: orderId, personId } = order
      await expectAtDoor(tx, caller, { orderId, personId, amountPaise: owedPaise })
    }
    const note = request.rider
    await enterState(tx, caller, order, { state: 'out_for_delivery', actor: 'staff', note })
    await emit(tx, caller, 'ordering.order_handed_over', { orderId: order.id })
  })
}
