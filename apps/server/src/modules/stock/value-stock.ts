import type { ReplyOf, valueStock as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { type Day, isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/**
 * What the stock was worth at the end of a day (today's: now), at cost and at MRP, from the ledger: the newest
 * checkpoint before that day, and the movements after it. Refuses `malformed_request` for a day that is not one.
 */
export async function valueStock(
  db: Reader,
  day: Day | undefined,
): Promise<ReplyOf<typeof contract>> {
  if (day !== undefined && !isDay(day)) {
    throw new Refusal('malformed_request', 'There is no such day. Write it as 2026-03-31.')
  }
  const { rows } = await sql<ReplyOf<typeof contract>>`
    with asked as (
      select coalesce(${day ?? null}::date, kernel.today()) as day
    ), start as (
      select max(checkpoint.day) as day from stock.checkpoint, asked where checkpoint.day <= asked.day
    ), held as (
      select batch_id, sum(units)::bigint as units from (
        select batch_id, units from stock.checkpoint_balance, start where checkpoint_balance.day = start.day
        union all
        select movement.batch_id, movement.on_hand_delta from stock.movement, start, asked
        where movement.at >= coalesce((start.day + 1)::timestamp at time zone 'Asia/Kolkata', '-infinity')
          and movement.at < (asked.day + 1)::timestamp at time zone 'Asia/Kolkata'
          and movement.on_hand_delta <> 0
      ) as moved group by batch_id having sum(units) <> 0
    )
    select (select day from asked) as day, count(*)::integer as batches, coalesce(sum(held.units), 0)::bigint as units,
      coalesce(sum(div(held.units * batch.purchase_rate_paise, batch.units_per_pack)), 0)::bigint as "costPaise",
      coalesce(sum(div(held.units * batch.mrp_paise, batch.units_per_pack)), 0)::bigint as "mrpPaise",
      (count(*) filter (where batch.purchase_rate_paise is null))::integer as "batchesWithoutCost"
    from held join stock.batch on batch.id = held.batch_id`.execute(db)
  return rows[0]!
}
