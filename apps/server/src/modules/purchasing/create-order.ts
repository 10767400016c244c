import type { NewPurchaseOrder, PurchaseOrder } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { inTransaction } from '#kernel/transaction'
import { findOrder } from './find-orders.ts'
import { draftOrder } from './order-draft.ts'

/** Drafts an order to one supplier; the same key again answers the same draft. Refuses as `draftOrder` does. */
export async function createOrder(
  database: Database,
  caller: Caller,
  key: string,
  order: NewPurchaseOrder,
): Promise<PurchaseOrder> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `purchasing.order:${caller.personId}`, key, request: order }, async () => ({
      id: await draftOrder(tx, caller, order),
    })),
  )
  return findOrder(database.reads, id)
}
