import type { ReplyOf, valueStock as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { type Day, isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/** Between which writings the ledger is read for the end of a day: from the newest checkpoint before it. */
interface Reading {
  readonly asked: Day
  readonly startDay: Day | null
}

/**
 * What the stock was worth at the end of a day (today's: now), at cost and at MRP, from the ledger: the newest
 * checkpoint before that day, and the movements after it. Refuses `malformed_request` for a day that is not one.
 */
export async function valueStock(
  db: Reader,
  day: Day | undefined,
): Promise<ReplyOf<typeof contract>> {
  const reading = await readingOf(db, day)
  const { rows } = await sql<Omit<ReplyOf<typeof contract>, 'day'>>`
    with held as materialized (${heldAt(reading)})
    select count(*)::integer as batches, coalesce(sum(held.units), 0)::bigint as units,
      coalesce(sum(div(held.units * batch.purchase_rate_paise, batch.units_per_pack)), 0)::bigint as "costPaise",
      coalesce(sum(div(held.units * batch.mrp_paise, batch.units_per_pack)), 0)::bigint as "mrpPaise",
      (count(*) filter (where batch.purchase_rate_paise is null))::integer as "batchesWithoutCost"
    from held join stock.batch on batch.id = held.batch_id`.execute(db)
  return { day: reading.asked, ...rows[0]! }
}

export interface ValuedBatch {
  readonly batchId: string
  readonly packId: string
  readonly batchNumber: string
  readonly expiry: string
  readonly units: number
  readonly unitsPerPack: number
  /** Null where no purchase rate was written: nothing is guessed. */
  readonly costPaise: number | null
  readonly mrpPaise: number
}

/** The batches `valueStock` sums, the dearest at MRP first, `limit` at most. Refuses as it does. */
export async function valueBatches(
  db: Reader,
  day: Day | undefined,
  limit: number,
): Promise<ValuedBatch[]> {
  const { rows } = await sql<ValuedBatch>`
    with held as materialized (${heldAt(await readingOf(db, day))})
    select batch.id as "batchId", batch.pack_id as "packId", batch.batch_number as "batchNumber",
      batch.expiry_month as expiry, held.units, batch.units_per_pack as "unitsPerPack",
      div(held.units * batch.purchase_rate_paise, batch.units_per_pack)::bigint as "costPaise",
      div(held.units * batch.mrp_paise, batch.units_per_pack)::bigint as "mrpPaise"
    from held join stock.batch on batch.id = held.batch_id
    order by 8 desc, batch.id limit ${limit}`.execute(db)
  return rows
}

async function readingOf(db: Reader, day: Day | undefined): Promise<Reading> {
  if (day !== undefined && !isDay(day)) {
    throw new Refusal('malformed_request', 'There is no such day. Write it as 2026-03-31.')
  }
  // Asked first, so that the plan of the sums knows its days: joined in, it read the whole ledger.
  const { rows } = await sql<Reading>`
    select asked.day as asked,
      (select max(checkpoint.day) from stock.checkpoint where checkpoint.day <= asked.day) as "startDay"
    from (select coalesce(${day ?? null}::date, kernel.today()) as day) as asked`.execute(db)
  return rows[0]!
}

function heldAt({ asked, startDay }: Reading) {
  return sql`
    select batch_id, sum(units)::bigint as units from (
      select batch_id, units from stock.checkpoint_balance where day = ${startDay}::date
      union all
      select batch_id, on_hand_delta from stock.movement
      where at >= coalesce((${startDay}::date + 1)::timestamp at time zone 'Asia/Kolkata', '-infinity')
        and at < (${asked}::date + 1)::timestamp at time zone 'Asia/Kolkata'
        and on_hand_delta <> 0
    ) as moved group by batch_id having sum(units) <> 0`
}
