import { sql } from 'kysely'
import { isReconciled, reconcileBatches } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockRecall } from './lock-recall.ts'

/**
 * Closes a recall. A real one needs an empty shelf (everything destroyed or sent back) and an account without a gap:
 * else `recall_not_reconciled`, naming the batches. Its batches stay blocked for ever.
 */
export async function closeRecall(database: Database, caller: Caller, id: string): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const recall = await lockRecall(tx, id)
    const accounts = await reconcileBatches(tx, recall.batchIds)
    const open = accounts.filter(one => one.onHandUnits > 0 || !isReconciled(one))
    if (!recall.isMock && open.length > 0) {
      throw new Refusal(
        'recall_not_reconciled',
        'Some units are still here. Send them back or destroy them, write that down, then close the recall.',
        {
          fields: open.map(one => ({
            field: `batches.${one.batchId}`,
            message: `${one.onHandUnits} units of batch ${one.batchNumber} are on hand`,
          })),
        },
      )
    }
    await sql`
      update recall.recall set closed_at = kernel.now(), closed_by = ${caller.personId}
      where id = ${id}`.execute(tx)
    await emit(tx, caller, 'recall.closed', { recallId: id })
    return { id }
  })
}
