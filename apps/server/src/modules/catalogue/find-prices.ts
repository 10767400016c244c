import type { PriceHistory, SellingRule } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import { findPacks, type Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'

const limitUsual = 20

type PriceRow = PriceHistory['prices'][number]

/** What one pack costs, what bounds it, and every price it had, newest first. Refuses `not_found`. */
export async function findPrices(
  db: Reader,
  packId: string,
  limit = limitUsual,
): Promise<PriceHistory> {
  const pack = (await findPacks(db, [packId])).get(packId.toLowerCase())
  if (!pack) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
  const { rows } = await sql<Omit<PriceRow, 'at'> & { at: Date }>`
    select from_day as "from", price_paise as "pricePaise", mrp_paise as "mrpPaise", source,
      recorded_by as "recordedBy", reason, at
    from catalogue.price where pack_id = ${packId}
    order by from_day desc, number desc limit ${limit}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.map(row => row.recordedBy),
  )
  return {
    pricePaise: pack.pricePaise,
    mrpPaise: pack.mrpPaise,
    priceControl: pack.priceControl,
    capPaise: pack.capPaise,
    prices: rows.map(row => ({
      ...row,
      recordedBy: nameOf(row.recordedBy),
      at: row.at.toISOString(),
    })),
  }
}

/** The selling-price rules as recorded, newest first. */
export async function findSellingRules(
  db: Reader,
  limit = limitUsual,
): Promise<{ items: SellingRule[] }> {
  const { rows } = await sql<Omit<SellingRule, 'recordedAt'> & { recordedAt: Date }>`
    select rule.id,
      case when rule.pack_id is not null then 'pack' when rule.manufacturer_id is not null then 'manufacturer'
        else 'category' end as target,
      coalesce(medicine.name, manufacturer.name, rule.category) as "targetName",
      rule.off_basis_points as "offBasisPoints", rule.from_day as "from", rule.reason,
      rule.recorded_by as "recordedBy", rule.recorded_at as "recordedAt"
    from catalogue.selling_rule as rule
    left join catalogue.pack on pack.id = rule.pack_id
    left join catalogue.medicine on medicine.id = pack.medicine_id
    left join catalogue.manufacturer on manufacturer.id = rule.manufacturer_id
    order by rule.number desc limit ${limit}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.map(row => row.recordedBy),
  )
  return {
    items: rows.map(row => ({
      ...row,
      recordedBy: nameOf(row.recordedBy) ?? '',
      recordedAt: row.recordedAt.toISOString(),
    })),
  }
}
