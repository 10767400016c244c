import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/**
 * Of these batches, the printed numbers nobody may be given any more: recalled or held since, or past their last day.
 * Locks them shared, so that a recall of one waits until `tx` has ended.
 */
export async function lockBlocked(tx: Tx, batchIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ batchNumber: string; isBlocked: boolean }>`
    select batch_number as "batchNumber", hold is not null or expires_on < kernel.today() as "isBlocked"
    from stock.batch where id = any(${batchIds}::uuid[])
    order by pack_id, expires_on, received_at, id
    for share`.execute(tx)
  return rows.filter(row => row.isBlocked).map(row => row.batchNumber)
}
