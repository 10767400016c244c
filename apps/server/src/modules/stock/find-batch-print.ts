import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** What is printed on the packs of a batch, and of which medicine; undefined for an id that is none's. */
export async function findBatchPrint(
  db: Reader,
  id: string,
): Promise<{ packId: string; batchNumber: string; expiry: string } | undefined> {
  const { rows } = await sql<{ packId: string; batchNumber: string; expiry: string }>`
    select pack_id as "packId", batch_number as "batchNumber", expiry_month as expiry
    from stock.batch where id = ${id}`.execute(db)
  return rows[0]
}
