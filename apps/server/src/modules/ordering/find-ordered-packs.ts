import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/** What an order says of demand: where to and which packs, nothing of who. Undefined for an unknown order. */
export async function findOrderedPacks(
  tx: Tx,
  orderId: string,
): Promise<{ pin: string; packIds: string[] } | undefined> {
  const { rows } = await sql<{ pin: string; packIds: string[] }>`
    select pin, array(
      select pack_id::text from ordering.order_line where order_id = placed.id order by line
    ) as "packIds"
    from ordering.order as placed where id = ${orderId}`.execute(tx)
  return rows[0]
}
