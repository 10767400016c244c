import { sql } from 'kysely'
import type { Reader } from './offer.ts'

export interface OfferUsed {
  readonly name: string
  readonly nameHi: string
  readonly code: string | null
  readonly amountPaise: number
}

const offersOfOrderMax = 10

/** What an order was given, as it was frozen; also of an order that was given up since. */
export async function findUses(db: Reader, orderId: string): Promise<OfferUsed[]> {
  const { rows } = await sql<OfferUsed>`
    select promotion.name, promotion.name_hi as "nameHi", promotion.code, use.discount_paise as "amountPaise"
    from promotions.use join promotions.promotion on promotion.id = use.promotion_id
    where use.order_id = ${orderId}
    order by use.discount_paise desc, promotion.id limit ${offersOfOrderMax}`.execute(db)
  return rows
}
