import { type Kysely, sql } from 'kysely'

/** Whom the register says units of a batch were for, by order; an order without a prescription is absent. */
export async function findPatientNames(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  batchId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ orderId: string; name: string }>`
    select distinct on (entry.order_id) entry.order_id as "orderId", entry.patient_name as name
    from dispensing.register_entry as entry join dispensing.dispensing on dispensing.id = entry.dispensing_id
    where entry.order_id = any(${orderIds as string[]}::uuid[]) and dispensing.batch_id = ${batchId}
      and entry.kind = 'supply'
    order by entry.order_id, entry.id desc`.execute(db)
  return new Map(rows.map(row => [row.orderId, row.name]))
}
