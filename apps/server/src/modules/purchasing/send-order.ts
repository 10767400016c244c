import type { PurchaseOrder } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findOrder } from './find-orders.ts'

/** Notes that a draft was sent. Refuses `not_found`, and `order_state_forbids` for what is no draft any more. */
export function sendOrder(database: Database, caller: Caller, id: string): Promise<PurchaseOrder> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql`
      update purchasing.purchase_order set state = 'sent', sent_at = kernel.now()
      where id = ${id} and state = 'draft' returning id`.execute(tx)
    const order = await findOrder(tx, id)
    if (rows.length > 0) return order
    throw new Refusal('order_state_forbids', `Order ${order.number} is ${order.state} already.`)
  })
}
