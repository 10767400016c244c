import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** Loose units of one batch in one bin of a store: what is left of strips that were cut. */
export interface OpenStrip {
  readonly packId: string
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly bin: string
  readonly units: number
  readonly mrpPaise: number
}

const stripsMax = 200

/**
 * The cut strips of these packs that may be sold in a store today as a new sale may, by the one rule, the first to expire
 * first. Their batches stay as they are until the caller's transaction ends.
 */
export async function findOpenStrips(
  db: Reader,
  { storeId, packIds }: { storeId: string; packIds: readonly string[] },
): Promise<OpenStrip[]> {
  if (packIds.length === 0) return []
  const { rows } = await sql<OpenStrip>`
    select batch.pack_id as "packId", batch.id as "batchId", batch.batch_number as "batchNumber",
      batch.expiry_month as expiry, balance.bin, balance.on_hand - balance.reserved as units,
      batch.mrp_paise as "mrpPaise"
    from stock.batch
    join stock.store on store.id = ${storeId}
    join stock.balance on balance.batch_id = batch.id and balance.store_id = store.id
      and balance.state = 'loose' and balance.on_hand > balance.reserved
    where batch.pack_id = any(${[...packIds]}::uuid[])
      and stock.why_not_issuable(batch.hold, 'sellable', batch.expires_on, batch.storage_class, store.ships,
        kernel.today(), kernel.today(), store.min_life_days) is null
    order by batch.pack_id, batch.expires_on, batch.received_at, batch.id, balance.bin
    limit ${stripsMax}`.execute(db)
  return rows
}
