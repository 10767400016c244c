import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant, Limit, Paise, oneOf } from './shapes.ts'

const staff = {
  tag: 'promotions',
  ownership: 'none',
  permission: 'promotions.manage',
} as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const promotionBenefits = ['percent', 'amount', 'free_delivery'] as const
/** In a lane only the best offer counts; the lanes add one after the other. */
export const promotionLanes = ['main', 'extra', 'delivery'] as const
/** Capital letters and digits, as people say them on the telephone. */
export const couponPattern = '^[A-Z0-9]{3,20}$'
/** More than nine tenths off is a typing mistake, never an offer. */
export const promotionBasisPointsMax = 9_000

export const NewPromotion = Type.Object(
  {
    name: Type.String({ minLength: 3, maxLength: 60 }),
    nameHi: Type.String({ minLength: 3, maxLength: 60 }),
    /** What the customer types; left out, the offer gives itself. */
    code: Type.Optional(Type.String({ pattern: couponPattern })),
    benefit: oneOf(promotionBenefits),
    /** Of `percent`. */
    basisPoints: Type.Optional(Type.Integer({ minimum: 1, maximum: promotionBasisPointsMax })),
    /** Of `amount`. */
    amountPaise: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
    /** The most a percentage may come to. */
    mostPaise: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
    /** What goods it may be given on must come to. */
    fromItemsPaise: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    /** Of money off; free delivery has a lane of its own. */
    lane: oneOf(['main', 'extra']),
    isFirstOrder: Type.Boolean(),
    usesMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    usesMaxOfPerson: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    from: Day,
    /** The last day it holds; left out, until somebody ends it. */
    until: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type NewPromotion = Static<typeof NewPromotion>

const orNull = <T extends Parameters<typeof Type.Array>[0]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const Promotion = Type.Object({
  id: Id,
  name: Type.String(),
  nameHi: Type.String(),
  code: orNull(Type.String()),
  benefit: oneOf(promotionBenefits),
  basisPoints: orNull(Type.Integer()),
  amountPaise: orNull(Paise),
  mostPaise: orNull(Paise),
  fromItemsPaise: Paise,
  lane: oneOf(promotionLanes),
  isFirstOrder: Type.Boolean(),
  usesMax: orNull(Type.Integer()),
  usesMaxOfPerson: orNull(Type.Integer()),
  from: Day,
  until: orNull(Day),
  endedAt: orNull(Instant),
  state: oneOf(['to_come', 'running', 'over', 'used_up']),
  /** Orders that have it now; one given up gives its use back. */
  uses: Type.Integer(),
  givenPaise: Paise,
})
export type Promotion = Static<typeof Promotion>

export const promotions = {
  listPromotions: endpoint({
    ...staff,
    method: 'GET',
    path: '/promotions',
    summary:
      'Coupons and offers, the newest first, with how often they were used and what they gave',
    status: 200,
    audit: 'none',
    query: Type.Object({ limit: Limit }),
    reply: Type.Object({ items: Type.Array(Promotion) }),
    refusals: guarded,
  }),
  recordPromotion: endpoint({
    ...staff,
    method: 'POST',
    path: '/promotions',
    summary:
      'Make a coupon or an offer that gives itself; never on medicines that may not be advertised',
    status: 201,
    audit: 'promotions.promotion_recorded',
    body: NewPromotion,
    reply: Promotion,
    refusals: [...guarded, 'promotion_invalid', 'coupon_exists'],
  }),
  endPromotion: endpoint({
    ...staff,
    method: 'POST',
    path: '/promotions/:id/ending',
    summary: 'End a coupon or an offer now; orders that have it keep it',
    status: 201,
    audit: 'promotions.promotion_ended',
    params: Type.Object({ id: Id }),
    reply: Promotion,
    refusals: [...guarded, 'not_found', 'promotion_invalid'],
  }),
}

export const { listPromotions, recordPromotion, endPromotion } = promotions
