import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/** An order was given up: what it used of coupons and offers is free for others again. Again gives nothing twice. */
export async function giveBackUses(tx: Tx, orderId: string): Promise<void> {
  await sql`
    with back as (
      update promotions.use set given_back_at = kernel.now()
      where order_id = ${orderId} and given_back_at is null
      returning promotion_id
    )
    update promotions.promotion set uses = uses - 1
    where id in (select promotion_id from back) and num_nonnulls(uses_max, uses_max_of_person) > 0`.execute(
    tx,
  )
}
