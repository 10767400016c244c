import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { IssueObstacle } from './issuable.ts'

/** A batch somebody holds in her hand. */
export interface Scanned {
  readonly batchId: string
  readonly packId: string
  /** 'YYYY-MM' */
  readonly expiry: string
  /** Why not even a unit promised earlier may leave. */
  readonly obstacle: IssueObstacle | null
}

const batchesMax = 50

/**
 * The batches a printed number may be, the last to expire first; two makers may print the same. `batchNumber` is in
 * capitals without spaces. What lies apart in this store is told by its obstacle.
 */
export async function findScanned(
  db: Reader,
  { storeId, batchNumber }: { storeId: string; batchNumber: string },
): Promise<Scanned[]> {
  const { rows } = await sql<Scanned>`
    select batch.id as "batchId", batch.pack_id as "packId", batch.expiry_month as expiry,
      stock.why_not_issuable(batch.hold, lying.state, batch.expires_on, batch.storage_class,
        array[batch.storage_class], kernel.today(), kernel.today(), 0) as obstacle
    from stock.batch
    cross join lateral (
      select case when bool_or(balance.state = 'sellable' and on_hand > 0) then 'sellable'
          else coalesce(min(balance.state) filter (where on_hand > 0), 'sellable') end as state
      from stock.balance where balance.batch_id = batch.id and balance.store_id = ${storeId}
    ) as lying
    where upper(regexp_replace(batch.batch_number, '\\s', '', 'g')) = ${batchNumber}
    order by batch.expires_on desc, batch.id limit ${batchesMax}`.execute(db)
  return rows
}
