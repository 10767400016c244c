import { type RawBuilder, sql } from 'kysely'
import type { Offer, Reader } from './offer.ts'

/** More offers that give themselves than a customer could understand. */
const offersMax = 20

const standing = sql`ended_at is null and from_day <= kernel.today() and coalesce(until_day, kernel.today()) >= kernel.today()`

/** The offers that give themselves today, as they stand for this person; the limits are asked again when taken. */
export async function findOpenOffers(db: Reader, personId: string | null): Promise<Offer[]> {
  const { rows } = await offersWhere(sql`code is null and ${standing}`, personId).execute(db)
  return rows
}

/** The offer of a coupon, today; null when there is none of this code. */
export async function findCoupon(
  db: Reader,
  code: string,
  personId: string | null,
): Promise<Offer | null> {
  const { rows } = await offersWhere(sql`code = ${code} and ${standing}`, personId).execute(db)
  return rows[0] ?? null
}

function offersWhere(condition: RawBuilder<unknown>, personId: string | null) {
  return sql<Offer>`
    select id, name, name_hi as "nameHi", code, benefit, basis_points as "basisPoints",
      amount_paise as "amountPaise", most_paise as "mostPaise", from_items_paise as "fromItemsPaise", lane,
      is_first_order as "isFirstOrder",
      coalesce(uses >= uses_max, false) or coalesce((
        select count(*) from promotions.use
        where use.promotion_id = promotion.id and use.person_id = ${personId}::uuid and use.given_back_at is null
      ) >= uses_max_of_person, false) as "isUsedUp"
    from promotions.promotion
    where ${condition}
    order by id limit ${offersMax}`
}

/** How people type a code: any case, spaces and hyphens about. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '')
}
