import type { listLostDemand as contract, LostDemand, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findAvailability } from './find-availability.ts'
import { cut, pageOf, type ReportAsked } from './report-page.ts'

interface Found extends Omit<LostDemand, 'name' | 'availablePacks' | 'lastAt'> {
  readonly lastAt: Date
}

/** What was asked for in the period and could not be had for lack of stock, the most packs first. */
export async function findLostDemand(
  db: Reader,
  asked: ReportAsked,
): Promise<ReplyOf<typeof contract>> {
  const page = pageOf(asked)
  const { rows } = await sql<Found>`
    select pack_id as "medicineId", (count(*) filter (where asked_in = 'cart'))::integer as "inCarts",
      (count(*) filter (where asked_in = 'checkout'))::integer as "atCheckout", sum(packs)::integer as packs,
      max(at) as "lastAt"
    from stock.unmet_demand
    where at >= (kernel.today() - ${page.days}::integer)::timestamp at time zone 'Asia/Kolkata'
    group by pack_id order by sum(packs) desc, pack_id limit ${page.limit + 1} offset ${page.from}`.execute(
    db,
  )
  const { items, next } = cut(rows, page)
  const ids = items.map(one => one.medicineId)
  const [packs, shelf] = await Promise.all([findPacks(db, ids), findAvailability(db, ids)])
  return {
    days: page.days,
    items: items.map(one => ({
      ...one,
      lastAt: one.lastAt.toISOString(),
      name: packs.get(one.medicineId)?.name ?? '',
      availablePacks: shelf.get(one.medicineId)?.availablePacks ?? 0,
    })),
    next,
  }
}
