import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

export interface LyingBatch {
  readonly id: string
  readonly packId: string
  readonly batchNumber: string
  readonly expiry: string
  readonly expiresOn: string
  readonly unitsPerPack: number
  /** Base units nobody was promised, in whatever state. */
  readonly freeUnits: number
}

/** Batches that expire up to a day and of which something lies in the default store, earliest expiry first. */
export async function findLyingBatches(
  db: Reader,
  query: { expiresUpTo: string; limit: number },
): Promise<LyingBatch[]> {
  const { rows } = await sql<LyingBatch>`
    select batch.id, batch.pack_id as "packId", batch.batch_number as "batchNumber",
      batch.expiry_month as expiry, batch.expires_on as "expiresOn",
      batch.units_per_pack as "unitsPerPack", sum(balance.on_hand - balance.reserved)::integer as "freeUnits"
    from stock.balance
    join stock.batch on batch.id = balance.batch_id
    where balance.store_id = (select id from stock.store where is_default) and balance.on_hand > 0
      and balance.expires_on <= ${query.expiresUpTo}::date and balance.state <> 'in_transit'
      and balance.on_hand > balance.reserved
    group by batch.id order by batch.expires_on, batch.id limit ${query.limit}`.execute(db)
  return rows
}
