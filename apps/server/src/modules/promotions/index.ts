import { api } from '@janta/contracts'
import type { Module, Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { endPromotion } from './end-promotion.ts'
import { findPromotions } from './find-promotions.ts'
import { recordPromotion } from './record-promotion.ts'

export { endPromotion } from './end-promotion.ts'
export { findCoupon, findOpenOffers, readCode } from './find-offers.ts'
export { findPromotions } from './find-promotions.ts'
export { findUses, type OfferUsed } from './find-uses.ts'
export { giveBackUses } from './give-back-uses.ts'
export type { Offer } from './offer.ts'
export {
  type CouponObstacle,
  type Discounts,
  type GivenOffer,
  type LineOnOffer,
  reckonDiscounts,
} from './reckon-discounts.ts'
export { recordPromotion } from './record-promotion.ts'
export { takeUses } from './take-uses.ts'

/** Coupons and offers: what they take off, and that each is given as often as it may be. */
export function promotions({ database }: Surroundings): Module {
  return {
    name: 'promotions',
    routes(app) {
      serve(app, api.listPromotions, async ({ query }) => ({
        items: await findPromotions(database.reads, { limit: query.limit }),
      }))
      serve(app, api.recordPromotion, ({ caller, body }) => recordPromotion(database, caller, body))
      serve(app, api.endPromotion, ({ caller, params }) =>
        endPromotion(database, caller, { id: params.id }),
      )
    },
  }
}
