import type { PurchaseOrder } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findOrder } from './find-orders.ts'

/**
 * Gives up what is outstanding: an order nothing came of is cancelled, one that was partly received is closed. Refuses
 * `not_found`, and `order_state_forbids` for what has ended.
 */
export function endOrder(
  database: Database,
  caller: Caller,
  id: string,
  reason: string,
): Promise<PurchaseOrder> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql`
      update purchasing.purchase_order set ended_at = kernel.now(), end_reason = ${reason},
        state = case state when 'part_received' then 'closed' else 'cancelled' end
      where id = ${id} and ended_at is null returning id`.execute(tx)
    const order = await findOrder(tx, id)
    if (rows.length > 0) return order
    throw new Refusal('order_state_forbids', `Order ${order.number} is ${order.state} already.`)
  })
}
