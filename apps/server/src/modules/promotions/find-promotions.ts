import { listMax, type Promotion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './offer.ts'

interface Row extends Omit<Promotion, 'endedAt'> {
  readonly endedAt: Date | null
}

/** Coupons and offers for the desk, the newest first; with an id, that one. */
export async function findPromotions(
  db: Reader,
  query: { id?: string; limit?: number | undefined },
): Promise<Promotion[]> {
  const { rows } = await sql<Row>`
    select id, name, name_hi as "nameHi", code, benefit, basis_points as "basisPoints",
      amount_paise as "amountPaise", most_paise as "mostPaise", from_items_paise as "fromItemsPaise", lane,
      is_first_order as "isFirstOrder", uses_max as "usesMax", uses_max_of_person as "usesMaxOfPerson",
      from_day as "from", until_day as "until", ended_at as "endedAt",
      case when ended_at is not null or until_day < kernel.today() then 'over'
        when from_day > kernel.today() then 'to_come'
        when promotion.uses >= uses_max then 'used_up' else 'running' end as state,
      given.uses, given.paise as "givenPaise"
    from promotions.promotion
    cross join lateral (
      select count(*)::integer as uses, coalesce(sum(discount_paise), 0)::bigint as paise
      from promotions.use where use.promotion_id = promotion.id and use.given_back_at is null
    ) as given
    where ${query.id ?? null}::uuid is null or id = ${query.id ?? null}::uuid
    order by created_at desc, id desc limit ${query.limit ?? listMax}`.execute(db)
  return rows.map(row => ({ ...row, endedAt: row.endedAt?.toISOString() ?? null }))
}
