import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { takeCash } from './cash-counted.ts'
import { assertMay, enterState, lockOrder } from './order-step.ts'

/**
 * The receiver took the order and paid in cash what is still owed: all of it, or nothing when it was paid online or by
 * UPI at the door. Another amount is refused (`conflict`).
 */
export async function deliverOrder(
  database: Database,
  caller: Caller,
  request: { id: string; receivedBy: string; collectedPaise: number },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('deliver', order)
    const { receivedBy: note, collectedPaise } = request
    await takeCash(tx, caller, order, collectedPaise)
    await enterState(tx, caller, order, {
      state: 'delivered',
      actor: 'staff',
      note,
      collectedPaise,
    })
    await emit(tx, caller, 'ordering.order_delivered', { orderId: order.id })
  })
}
