import { type Kysely, sql } from 'kysely'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

/** Packs of a batch that left in one order line. */
export interface DispensedBatch {
  readonly id: string
  readonly orderId: string
  readonly batchNumber: string
  readonly packs: number
  readonly dispensedAt: Date
}

/** Everything dispensed of these batches after the row `afterId`, in the order of the rows' ids. */
export async function findOrdersOf(
  db: Reader,
  batchIds: readonly string[],
  page: { afterId: string; limit: number },
): Promise<DispensedBatch[]> {
  // One short walk a batch through the index, then the nearest of them all.
  const { rows } = await sql<DispensedBatch>`
    select near.id, near.order_id as "orderId", near.batch_number as "batchNumber", near.packs,
      near.packed_at as "dispensedAt"
    from unnest(${batchIds}::uuid[]) as wanted (batch_id)
    cross join lateral (
      select id, order_id, batch_number, packs, packed_at from dispensing.dispensing
      where dispensing.batch_id = wanted.batch_id and dispensing.id > ${page.afterId}
      order by id limit ${page.limit}
    ) as near
    order by near.id limit ${page.limit}`.execute(db)
  return rows
}

/** How many orders these batches went to. */
export async function countOrdersOf(db: Reader, batchIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    select count(distinct order_id)::integer as orders from dispensing.dispensing
    where batch_id = any(${batchIds}::uuid[])`.execute(db)
  return rows[0]!.orders
}
