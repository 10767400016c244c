import type { recordRecallDisposal as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import { disposeUnits } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { assertMayMove, lockRecall } from './lock-recall.ts'

type Disposal = RequestOf<typeof contract>['body'] & { id: string }

/** Recalled units leave the books, destroyed or sent back, with their record. Refuses as `disposeUnits` does. */
export async function recordRecallDisposal(
  database: Database,
  caller: Caller,
  key: string,
  disposal: Disposal,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `recall.dispose:${caller.personId}`, key, request: disposal }, async () => {
      const recall = await lockRecall(tx, disposal.id)
      assertMayMove(recall, disposal.batchId)
      const { batchId, units, kind, note } = disposal
      const id = newId()
      await sql`
        insert into recall.disposal (id, recall_id, batch_id, units, kind, note, actor_id)
        values (${id}, ${recall.id}, ${batchId}, ${units}, ${kind}, ${note}, ${caller.personId})`.execute(
        tx,
      )
      await disposeUnits(tx, caller, { batchId, units, kind, causeId: id, note })
      return { id: recall.id }
    }),
  )
}
