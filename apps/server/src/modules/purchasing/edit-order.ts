import type { NewPurchaseOrder, PurchaseOrder } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findOrder } from './find-orders.ts'
import { assertOrderable, writeOrderLines } from './order-draft.ts'

/**
 * Gives a draft other lines; once it was sent the supplier holds what it said. Refuses `not_found`,
 * `order_state_forbids` when it is no draft, and lines as drafting does.
 */
export function editOrder(
  database: Database,
  caller: Caller,
  id: string,
  lines: NewPurchaseOrder['lines'],
): Promise<PurchaseOrder> {
  return inTransaction(database, caller, async tx => {
    await sql`select from purchasing.purchase_order where id = ${id} for no key update`.execute(tx)
    const order = await findOrder(tx, id)
    if (order.state !== 'draft') {
      throw new Refusal(
        'order_state_forbids',
        `Order ${order.number} is ${order.state}. Draft a further one for what is missing.`,
      )
    }
    await assertOrderable(tx, lines)
    await sql`delete from purchasing.order_line where order_id = ${id}`.execute(tx)
    await writeOrderLines(tx, id, lines)
    return findOrder(tx, id)
  })
}
