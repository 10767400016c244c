import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import {
  billLinesMax,
  Money,
  orNull,
  purchasingDesk,
  purchasingGuards,
  strict,
} from './purchasing-shapes.ts'
import { Id } from './shapes.ts'

/** What stands ready in a bill's row once its medicine is known: how it was bought last, and its tax. */
export const BuyingFacts = Type.Object({
  medicineId: Id,
  name: Type.String(),
  packLabel: Type.String(),
  unitsPerPack: Type.Integer(),
  /** Null while nobody has set its HSN. */
  gstBasisPoints: orNull(Type.Integer()),
  /** Of the last bill, else the catalogue’s. */
  mrpPaise: orNull(Money),
  lastRatePaise: orNull(Money),
  lastSupplierName: orNull(Type.String()),
})
export type BuyingFacts = Static<typeof BuyingFacts>

export const listBuyingFacts = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/facts',
  summary: 'How medicines were bought the last time, and their tax; unknown ones are left out',
  status: 200,
  audit: 'none',
  body: Type.Object(
    { medicineIds: Type.Array(Id, { minItems: 1, maxItems: billLinesMax }) },
    strict,
  ),
  reply: Type.Object({ items: Type.Array(BuyingFacts, { maxItems: billLinesMax }) }),
  refusals: [...purchasingGuards],
})

/** A global trade item number as bars or a DataMatrix carry it. */
export const Gtin = Type.String({ pattern: '^[0-9]{8,14}$' })

export const findPackByCode = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/codes/:gtin',
  summary: 'Which medicine a pack’s code meant on an earlier bill; null when it was never scanned',
  status: 200,
  audit: 'none',
  params: Type.Object({ gtin: Gtin }),
  reply: Type.Object({ found: orNull(BuyingFacts) }),
  refusals: [...purchasingGuards],
})
