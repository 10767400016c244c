import assert from 'node:assert/strict'
import type { openRecall as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import { blockBatches, findLots, type NamedLot } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'

type NewRecall = RequestOf<typeof contract>['body']

/** Days to complete a recall, by how dangerous it is: 72 hours, 10 and 30 days (CDSCO guideline, 3.5). */
const daysToComplete = { I: 3, II: 10, III: 30 } as const

/**
 * Opens a recall of every lot with these printed numbers. From the commit on none of them can be reserved or picked;
 * orders that hold some are filled anew by a job. A mock recall blocks nothing. Refuses `batch_unknown` naming the
 * numbers nobody ever received.
 */
export async function openRecall(
  database: Database,
  caller: Caller,
  key: string,
  recall: NewRecall,
): Promise<{ id: string }> {
  assert(caller.personId, 'a person opens a recall')
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `recall.open:${caller.personId}`, key, request: recall }, () =>
      writeRecall(tx, caller, recall),
    ),
  )
}

async function writeRecall(tx: Tx, caller: Caller, recall: NewRecall): Promise<{ id: string }> {
  const lots = await findLots(tx, recall.medicineId, recall.batchNumbers)
  assertAllKnown(recall.batchNumbers, lots)
  const [id, isMock] = [newId(), recall.isMock ?? false]
  const batchIds = lots.map(lot => lot.id)
  await sql`
    insert into recall.recall (id, recall_class, level, source, reason, is_mock, pack_id, opened_by, complete_by)
    values (${id}, ${recall.recallClass}, ${recall.level}, ${recall.source}, ${recall.reason}, ${isMock},
      ${recall.medicineId}, ${caller.personId},
      kernel.now() + make_interval(days => ${daysToComplete[recall.recallClass]}))`.execute(tx)
  await sql`
    insert into recall.batch (recall_id, batch_id)
    select ${id}, batch_id from unnest(${batchIds}::uuid[]) as lot (batch_id)`.execute(tx)
  if (isMock) return { id }
  await emit(tx, caller, 'recall.batches_blocked', { recallId: id, batchIds })
  await blockBatches(tx, caller, batchIds, { kind: 'recall', id, note: recall.reason })
  return { id }
}

function assertAllKnown(numbers: readonly string[], lots: readonly NamedLot[]): void {
  const known = new Set(lots.map(lot => lot.batchNumber.trim().toUpperCase()))
  const unknown = numbers.flatMap((number, index) =>
    known.has(number.trim().toUpperCase())
      ? []
      : [{ field: `batchNumbers.${index}`, message: 'was never received here' }],
  )
  if (unknown.length === 0) return
  throw new Refusal(
    'batch_unknown',
    'Some of these batches never came to this pharmacy. Check the numbers against the letter and leave those out.',
    { fields: unknown },
  )
}
