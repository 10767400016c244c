import { type Static, Type } from 'typebox'
import { medicineCategories } from './catalogue.ts'
import { Citation, Reason } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant, Limit, Paise, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const orNull = <T extends Parameters<typeof Type.Array>[0]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const PriceHistory = Type.Object({
  /** What one pack is sold at now, after label and ceiling; null while there is no price. */
  pricePaise: orNull(Paise),
  mrpPaise: orNull(Paise),
  priceControl: oneOf(['controlled', 'not_applicable', 'unknown']),
  /** The ceiling of one pack with GST. */
  capPaise: orNull(Paise),
  prices: Type.Array(
    Type.Object({
      from: Day,
      pricePaise: Paise,
      mrpPaise: Paise,
      /** What set it: a goods receipt, a list, a rule, a ceiling, a person. */
      source: Type.String(),
      recordedBy: orNull(Type.String()),
      reason: orNull(Type.String()),
      at: Instant,
    }),
  ),
})
export type PriceHistory = Static<typeof PriceHistory>

export const getPrices = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/medicines/:id/prices',
  summary: 'Every price a pack ever had, newest first, with who set it and why',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  params: Type.Object({ id: Id }),
  query: Type.Object({ limit: Limit }),
  reply: PriceHistory,
  refusals: [...guarded, 'not_found'],
})

export const setPrice = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/medicines/:id/prices',
  summary: 'Set the price of one pack from today, never above its MRP or its ceiling',
  status: 201,
  permission: 'catalogue.manage',
  audit: 'catalogue.price_set',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { pricePaise: Type.Integer({ minimum: 1, maximum: 100_000_000_00 }), reason: Reason },
    { additionalProperties: false },
  ),
  reply: PriceHistory,
  refusals: [...guarded, 'not_found', 'price_above_limit'],
})

/** So much below MRP for every pack of a maker, of a category, or for one pack. */
export const SellingRule = Type.Object({
  id: Id,
  target: oneOf(['pack', 'manufacturer', 'category']),
  targetName: Type.String(),
  /** Null: the rule of this target ended on that day. */
  offBasisPoints: orNull(Type.Integer()),
  from: Day,
  reason: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Instant,
})
export type SellingRule = Static<typeof SellingRule>

export const listSellingRules = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/selling-rules',
  summary: 'Selling-price rules, newest first',
  status: 200,
  permission: 'catalogue.manage',
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(SellingRule) }),
  refusals: guarded,
})

export const recordSellingRule = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/selling-rules',
  summary: 'Ask so much below MRP of a pack, a maker or a category from a day on',
  status: 201,
  permission: 'catalogue.manage',
  audit: 'catalogue.selling_rule_recorded',
  body: Type.Object(
    {
      /** Exactly one of the three; a maker is named by one of its medicines. */
      medicineId: Type.Optional(Id),
      manufacturerOf: Type.Optional(Id),
      category: Type.Optional(oneOf(medicineCategories)),
      offBasisPoints: orNull(Type.Integer({ minimum: 0, maximum: 9_000 })),
      from: Day,
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id, changedPacks: Type.Integer() }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'rule_target_unclear'],
})

export const recordPriceControl = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/price-controls',
  summary:
    'Enter the notified ceiling per unit without GST of a medicine’s drug, or that there is none',
  status: 201,
  permission: 'catalogue.manage',
  audit: 'catalogue.price_control_recorded',
  body: Type.Object(
    {
      medicineId: Id,
      /** Paise per base unit without GST; null states that no ceiling applies. */
      ceilingPaise: orNull(Type.Integer({ minimum: 1, maximum: 100_000_000_00 })),
      from: Day,
      sourceCitation: Citation,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id, changedPacks: Type.Integer() }),
  refusals: [...guarded, 'not_found', 'rule_in_the_past', 'rule_stands_already', 'not_comparable'],
})
