import type { listSlowMovers as contract, ReplyOf, SlowMover } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { cut, pageOf, type ReportAsked } from './report-page.ts'

/** What has lain for the whole period and lasts longer than it at the pace of its sales, the dearest first. */
export async function findSlowMovers(
  db: Reader,
  asked: ReportAsked,
): Promise<ReplyOf<typeof contract>> {
  const page = pageOf(asked)
  const { rows } = await sql<Omit<SlowMover, 'name'>>`
    with lying as materialized (
      select batch.pack_id, sum(balance.on_hand)::integer as units, max(batch.units_per_pack) as units_per_pack,
        sum(div(balance.on_hand::bigint * coalesce(batch.purchase_rate_paise, 0), batch.units_per_pack))::bigint as cost,
        sum(div(balance.on_hand::bigint * batch.mrp_paise, batch.units_per_pack))::bigint as mrp,
        min(batch.expiry_month) as earliest
      from stock.balance join stock.batch on batch.id = balance.batch_id
      where balance.on_hand > 0 and balance.state in ('sellable', 'loose') and batch.hold is null
        and batch.expires_on >= kernel.today()
      group by batch.pack_id
      having min(batch.received_at) < (kernel.today() - ${page.days}::integer)::timestamp at time zone 'Asia/Kolkata'
    ), sold as (
      select batch.pack_id, greatest(0, -sum(movement.on_hand_delta))::integer as units
      from stock.movement join stock.batch on batch.id = movement.batch_id
      where movement.kind in ('issued', 'returned')
        and movement.at >= (kernel.today() - ${page.days}::integer)::timestamp at time zone 'Asia/Kolkata'
      group by batch.pack_id
    )
    select lying.pack_id as "medicineId", lying.units, lying.units_per_pack as "unitsPerPack", lying.cost as "costPaise",
      lying.mrp as "mrpPaise", coalesce(sold.units, 0) as "soldUnits",
      case when sold.units > 0 then div(lying.units::bigint * ${page.days}::integer, sold.units)::integer end as "daysLeft",
      lying.earliest as "earliestExpiry"
    from lying left join sold using (pack_id)
    where lying.units > coalesce(sold.units, 0)
    order by lying.cost desc, lying.mrp desc, lying.pack_id limit ${page.limit + 1} offset ${page.from}`.execute(
    db,
  )
  const { items, next } = cut(rows, page)
  const packs = await findPacks(
    db,
    items.map(row => row.medicineId),
  )
  return {
    days: page.days,
    items: items.map(row => ({ ...row, name: packs.get(row.medicineId)?.name ?? '' })),
    next,
  }
}
