import assert from 'node:assert/strict'
import type { Receipt } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { allPositions, batchColumns, type BatchFound, batchRowOf } from './batch-row.ts'

/** A goods receipt that exists, with its lots as they stand now. */
export async function findReceipt(db: Reader, id: string): Promise<Receipt> {
  const { rows } = await sql<{ serial: number; receivedAt: Date }>`
    select serial, received_at as "receivedAt" from stock.receipt where id = ${id}`.execute(db)
  const [receipt] = rows
  assert(receipt, 'the receipt was just written')
  const lots = await sql<BatchFound>`
    select ${batchColumns}
    from stock.batch
    join stock.receipt on receipt.id = batch.receipt_id
    join stock.store on store.id = receipt.store_id
    cross join ${allPositions}
    where batch.receipt_id = ${id} and batch.origin_batch_id is null
    order by batch.id`.execute(db)
  const packs = await findPacks(db, [...new Set(lots.rows.map(lot => lot.medicineId))])
  return {
    id,
    number: `GRN-${receipt.serial}`,
    receivedAt: receipt.receivedAt.toISOString(),
    lines: lots.rows.map(lot => batchRowOf(lot, packs.get(lot.medicineId))),
  }
}
