import { sql } from 'kysely'
import { findOrdersOf } from '#modules/dispensing'
import { systemCaller } from '#kernel/caller'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findBatchIds } from './find-recalls.ts'
import { lockRecall } from './lock-recall.ts'

const ordersPerStep = 200
const stepsMax = 5_000
const beginning = '00000000-0000-0000-0000-000000000000'

/**
 * Has every buyer of an open recall told: a job walks through all of them, however many there are. Refuses `not_found`,
 * and `recall_state_forbids` for a closed recall and for a drill, which frightens nobody.
 */
export async function askToTellBuyers(
  database: Database,
  caller: Caller,
  id: string,
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const { isMock } = await lockRecall(tx, id)
    if (isMock) {
      throw new Refusal('recall_state_forbids', 'This recall is a drill: nobody is told of it.')
    }
    await emit(tx, caller, 'recall.buyers_to_be_told', { recallId: id })
    return { id }
  })
}

/**
 * Announces `recall.buyer_to_tell` for each order that got some of the batches, once in the life of the recall: who has the
 * notice to send takes it from there. Returns how many were new; a crash leaves the rest to the repeated job.
 */
export async function tellBuyers(database: Database, recallId: string): Promise<number> {
  const caller = systemCaller('recall.tell_buyers')
  const batchIds = await findBatchIds(database.db, recallId)
  let [afterId, asked] = [beginning, 0]
  for (let step = 1; step <= stepsMax; step++) {
    const page = await findOrdersOf(database.db, batchIds, { afterId, limit: ordersPerStep })
    const orderIds = [...new Set(page.map(one => one.orderId))]
    asked += await inTransaction(database, caller, tx => announce(tx, caller, recallId, orderIds))
    if (page.length < ordersPerStep) break
    afterId = page.at(-1)!.id
  }
  return asked
}

async function announce(
  tx: Tx,
  caller: Caller,
  recallId: string,
  orderIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ orderId: string }>`
    insert into recall.telling (recall_id, order_id)
    select ${recallId}, order_id from unnest(${orderIds}::uuid[]) as given (order_id) order by order_id
    on conflict do nothing returning order_id as "orderId"`.execute(tx)
  for (const { orderId } of rows) {
    await emit(tx, caller, 'recall.buyer_to_tell', { recallId, orderId })
  }
  return rows.length
}
