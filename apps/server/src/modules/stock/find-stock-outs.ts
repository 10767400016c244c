import type { listStockOuts as contract, ReplyOf, StockOut } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findAvailability } from './find-availability.ts'
import { findConsumption } from './find-consumption.ts'
import { cut, pageOf, type ReportAsked } from './report-page.ts'

/** Packs whose sales a report looks at, those that sold most first: more than any shop keeps. */
const soldPacksMax = 20_000

/** What was sold in the period and cannot be promised now, the best seller first. */
export async function findStockOuts(
  db: Reader,
  asked: ReportAsked,
): Promise<ReplyOf<typeof contract>> {
  const page = pageOf(asked)
  const sold = await findConsumption(db, {
    days: page.days,
    recentDays: page.days,
    limit: soldPacksMax,
  })
  const shelf = await findAvailability(
    db,
    sold.map(one => one.packId),
  )
  const out = sold.filter(one => shelf.get(one.packId)?.availablePacks === 0)
  const { items, next } = cut(out.slice(page.from, page.from + page.limit + 1), page)
  const ids = items.map(one => one.packId)
  const [packs, ends] = await Promise.all([findPacks(db, ids), findEnds(db, ids)])
  return {
    days: page.days,
    items: items.flatMap(({ packId, soldUnits }): StockOut[] => {
      const [pack, end] = [packs.get(packId), ends.get(packId)]
      if (!pack || !end) return []
      const { name, unitsPerPack } = pack
      const [outSince, refused] = [end.outSince.toISOString(), end.refused]
      return [{ medicineId: packId, name, soldUnits, unitsPerPack, outSince, refused }]
    }),
    next,
  }
}

async function findEnds(db: Reader, packIds: readonly string[]) {
  const { rows } = await sql<{ packId: string; outSince: Date; refused: number }>`
    select asked.pack_id as "packId", last.at as "outSince", (
      select count(*) from stock.unmet_demand
      where unmet_demand.at >= last.at and unmet_demand.pack_id = asked.pack_id)::integer as refused
    from unnest(${packIds}::uuid[]) as asked (pack_id)
    cross join lateral (
      select max(movement.at) as at from stock.batch
      cross join lateral (
        select at from stock.movement
        where movement.batch_id = batch.id and (on_hand_delta < 0 or reserved_delta > 0)
        order by id desc limit 1
      ) as movement
      where batch.pack_id = asked.pack_id
    ) as last
    where last.at is not null`.execute(db)
  return new Map(rows.map(row => [row.packId, row]))
}
