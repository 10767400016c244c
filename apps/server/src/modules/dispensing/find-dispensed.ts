import { type Kysely, sql } from 'kysely'

/** Packs of one batch that left the shelf for an order line. */
export interface Dispensed {
  readonly id: string
  readonly orderId: string
  readonly line: number
  readonly packId: string
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly packs: number
  readonly units: number
}

/** What was dispensed for these orders, in the order of their lines. */
export async function findDispensed(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  orderIds: readonly string[],
): Promise<Dispensed[]> {
  const { rows } = await sql<Dispensed>`
    select id, order_id as "orderId", order_line as line, pack_id as "packId", batch_id as "batchId",
      batch_number as "batchNumber", expiry_month as expiry, packs, units
    from dispensing.dispensing where order_id = any(${orderIds as string[]}::uuid[])
    order by order_id, order_line, expiry_month, batch_id`.execute(db)
  return rows
}
