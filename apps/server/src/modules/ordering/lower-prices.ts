import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/** Brings lines of an order down to these prices per pack, by line number, and the order's items with them; never up. A discount stays
 * as it was frozen, unless it would be above the new price. */
export async function lowerPrices(
  tx: Tx,
  orderId: string,
  prices: ReadonlyMap<number, number>,
): Promise<void> {
  await sql`
    update ordering.order_line set price_paise = lower.price_paise,
      discount_paise = least(discount_paise, case when units is null then lower.price_paise * quantity
        else lower.price_paise * units / units_per_pack end)
    from unnest(${[...prices.keys()]}::integer[], ${[...prices.values()]}::bigint[]) as lower (line, price_paise)
    where order_line.order_id = ${orderId} and order_line.line = lower.line
      and lower.price_paise < order_line.price_paise`.execute(tx)
  await sql`
    update ordering.order set items_paise = sums.items_paise, discount_paise = sums.discount_paise
    from (select sum(amount_paise) as items_paise, sum(discount_paise) as discount_paise
      from ordering.order_line where order_id = ${orderId}) as sums
    where id = ${orderId}`.execute(tx)
}
