import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/**
 * Asks `pricePaise` for each pack from today on. The history keeps every price; an equal price and MRP leave no
 * new row. Arrays run in parallel, one entry a pack.
 */
export async function recordPrices(
  tx: Tx,
  prices: {
    packIds: string[]
    pricesPaise: number[]
    mrpsPaise: number[]
    source: string
    /** Who and why, where a person set it. */
    recordedBy?: string | null
    reason?: string | null
  },
): Promise<void> {
  await sql`
    with given as (
      select pack_id, price_paise, mrp_paise
      from unnest(${prices.packIds}::uuid[], ${prices.pricesPaise}::bigint[], ${prices.mrpsPaise}::bigint[])
        as given (pack_id, price_paise, mrp_paise)
    ), written as (
      insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source, recorded_by, reason)
      select given.pack_id, kernel.today(), coalesce(today.number, 0) + 1, given.price_paise, given.mrp_paise,
        ${prices.source}, ${prices.recordedBy ?? null}::uuid, ${prices.reason ?? null}
      from given
      left join lateral (
        select price_paise, mrp_paise from catalogue.price where price.pack_id = given.pack_id
        order by from_day desc, number desc limit 1
      ) as latest on true
      left join lateral (
        select max(number) as number from catalogue.price
        where price.pack_id = given.pack_id and from_day = kernel.today()
      ) as today on true
      where (latest.price_paise, latest.mrp_paise) is distinct from (given.price_paise, given.mrp_paise)
      returning pack_id, price_paise, mrp_paise
    )
    update catalogue.pack set price_paise = written.price_paise, mrp_paise = written.mrp_paise,
      changed_at = kernel.now()
    from written where pack.id = written.pack_id`.execute(tx)
}
