import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

export interface BatchPapers {
  /** The goods receipt's own number. */
  readonly number: string
  readonly batches: ReadonlyMap<string, { batchNumber: string; expiry: string }>
}

/** What is printed on the packs of one goods receipt, by batch. The receipt exists. */
export async function findBatchPapers(db: Reader, receiptId: string): Promise<BatchPapers> {
  const { rows } = await sql<{ serial: number; id: string; batchNumber: string; expiry: string }>`
    select receipt.serial, batch.id, batch.batch_number as "batchNumber", batch.expiry_month as expiry
    from stock.receipt join stock.batch on batch.receipt_id = receipt.id
    where receipt.id = ${receiptId} order by batch.id`.execute(db)
  const [first] = rows
  assert(first, 'the receipt of a bill exists')
  return { number: `GRN-${first.serial}`, batches: new Map(rows.map(row => [row.id, row])) }
}
