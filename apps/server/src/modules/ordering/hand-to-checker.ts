import { recordPicking } from '#modules/dispensing'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { assertMay, lockOrder } from './order-step.ts'
import type { PickConfirmed } from './pack-order.ts'

/** Says that an order was picked, for another person to check and sign off. Refuses `not_found`, `order_state_forbids`. */
export async function handToChecker(
  database: Database,
  caller: Caller,
  request: { id: string; picks: readonly PickConfirmed[] },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('pack', order)
    const picks = request.picks.map(({ medicineId, ...pick }) => ({ packId: medicineId, ...pick }))
    await recordPicking(tx, caller, { orderId: order.id, picks })
    return { id: order.id }
  })
}
