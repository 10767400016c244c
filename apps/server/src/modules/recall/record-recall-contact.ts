import type { recordRecallContact as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import { findDispensed } from '#modules/dispensing'
import { takeBackUnits } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertMayMove, lockRecall } from './lock-recall.ts'

type Contact = RequestOf<typeof contract>['body'] & { id: string }

/**
 * Writes what came of reaching one buyer. Units handed back enter quarantine in the same transaction, never more than
 * the order still has (`return_exceeds_sale`). Refuses `not_found` for an order the recall did not reach.
 */
export async function recordRecallContact(
  database: Database,
  caller: Caller,
  key: string,
  contact: Contact,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `recall.contact:${caller.personId}`, key, request: contact }, () =>
      writeContact(tx, caller, contact),
    ),
  )
}

async function writeContact(tx: Tx, caller: Caller, contact: Contact): Promise<{ id: string }> {
  const recall = await lockRecall(tx, contact.id)
  const given = await findDispensed(tx, [contact.orderId])
  if (!given.some(one => recall.batchIds.includes(one.batchId))) {
    throw new Refusal('not_found', 'That order got none of these batches. Choose one of the list.')
  }
  const { collected = null, outcome, orderId } = contact
  if (collected) assertMayMove(recall, collected.batchId)
  const id = newId()
  await sql`
    insert into recall.contact (id, recall_id, order_id, outcome, batch_id, units, note, actor_id)
    values (${id}, ${recall.id}, ${orderId}, ${outcome}, ${collected?.batchId ?? null}::uuid,
      ${collected?.units ?? null}::integer, ${contact.note ?? null}, ${caller.personId}::uuid)`.execute(
    tx,
  )
  await emit(tx, caller, 'recall.buyer_contacted', { recallId: recall.id, orderId, outcome })
  if (collected) {
    // Whoever keeps the money gives it back: the full price of what was handed in.
    await emit(tx, caller, 'recall.refund_due', { recallId: recall.id, orderId, ...collected })
    await takeBackUnits(tx, caller, { orderId, ...collected })
  }
  return { id: recall.id }
}
