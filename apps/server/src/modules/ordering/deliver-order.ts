import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { assertMay, enterState, lockOrder } from './order-step.ts'
import { rupees } from './order-total.ts'

/** The receiver took the order and paid its total in cash; another amount is refused (`conflict`). */
export async function deliverOrder(
  database: Database,
  caller: Caller,
  request: { id: string; receivedBy: string; collectedPaise: number },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('deliver', order)
    const { receivedBy: note, collectedPaise } = request
    if (collectedPaise !== order.totalPaise) {
      throw new Refusal(
        'conflict',
        `The order comes to ${rupees(order.totalPaise)}, not ${rupees(collectedPaise)}. Count the cash again, or take the order back.`,
        { fields: [{ field: 'collectedPaise', message: 'is not the total of the order' }] },
      )
    }
    await enterState(tx, caller, order, {
      state: 'delivered',
      actor: 'staff',
      note,
      collectedPaise,
    })
    await emit(tx, caller, 'ordering.order_delivered', { orderId: order.id })
  })
}
