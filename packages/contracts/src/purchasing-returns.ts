import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import {
  billLinesMax,
  keyedGuards,
  Money,
  orNull,
  purchaseListMax,
  purchasingDesk,
  purchasingGuards,
  ReasonText,
  strict,
} from './purchasing-shapes.ts'
import { Day, Id, Month, oneOf } from './shapes.ts'

export const supplierReturnKinds = ['expiry_claim', 'damaged', 'wrong_supply', 'recall'] as const

/** What a debit note may be for: goods sent back, or what a bill charged and should not have. */
export const debitNoteKinds = [...supplierReturnKinds, 'shortage', 'rate_difference'] as const

const Units = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })

export const listClaims = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/claims',
  summary:
    'Batches on hand whose supplier takes them back for their expiry now or soon, and the money in them',
  status: 200,
  audit: 'none',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        batchId: Id,
        name: Type.String(),
        batchNumber: Type.String(),
        expiry: Month,
        supplierId: Id,
        supplierName: Type.String(),
        units: Type.Integer(),
        unitsPerPack: Type.Integer(),
        opensOn: Day,
        closesOn: Day,
        window: oneOf(['open', 'later', 'closed']),
        /** What the supplier is asked for, without GST. */
        valuePaise: Money,
      }),
      { maxItems: purchaseListMax },
    ),
  }),
  refusals: [...purchasingGuards],
})

export const NewSupplierReturn = Type.Object(
  {
    supplierId: Id,
    kind: oneOf(supplierReturnKinds),
    reason: ReasonText,
    lines: Type.Array(Type.Object({ batchId: Id, units: Units }, strict), {
      minItems: 1,
      maxItems: billLinesMax,
    }),
  },
  strict,
)
export type NewSupplierReturn = Static<typeof NewSupplierReturn>

export const DebitNote = Type.Object({
  id: Id,
  number: Type.String(),
  supplierId: Id,
  supplierName: Type.String(),
  kind: oneOf(debitNoteKinds),
  reason: Type.String(),
  issuedOn: Day,
  taxablePaise: Money,
  gstPaise: Money,
  totalPaise: Money,
  lines: Type.Array(
    Type.Object({
      batchId: Id,
      medicineId: Id,
      name: Type.String(),
      billNumber: Type.String(),
      units: Units,
      taxablePaise: Money,
      gstPaise: Money,
    }),
  ),
})
export type DebitNote = Static<typeof DebitNote>

export const returnToSupplier = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/returns',
  summary: 'Send goods back to the supplier they came from; the debit note takes the next number',
  status: 201,
  audit: 'purchasing.goods_returned',
  idempotent: true,
  body: NewSupplierReturn,
  reply: DebitNote,
  refusals: [
    ...keyedGuards,
    'not_found',
    'return_too_much',
    'claim_window_closed',
    'return_invalid',
  ],
})

export const listDebitNotes = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/debit-notes',
  summary: 'Debit notes, newest first',
  status: 200,
  audit: 'none',
  query: Type.Object({ supplierId: Type.Optional(Id) }),
  reply: Type.Object({ items: Type.Array(DebitNote, { maxItems: purchaseListMax }) }),
  refusals: [...purchasingGuards],
})

export const getDebitNote = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/debit-notes/:id',
  summary: 'One debit note',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: DebitNote,
  refusals: [...purchasingGuards, 'not_found'],
})

export const NewBillClaim = Type.Object(
  {
    kind: oneOf(['shortage', 'rate_difference'] as const),
    reason: ReasonText,
    lines: Type.Array(
      Type.Object(
        {
          batchId: Id,
          /** Of a shortage: packs billed that never came. */
          packs: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
          /** Of a rate difference: what a pack was to cost, before discount and GST, below the bill's. */
          agreedRatePaise: Type.Optional(Money),
        },
        strict,
      ),
      { minItems: 1, maxItems: billLinesMax },
    ),
  },
  strict,
)
export type NewBillClaim = Static<typeof NewBillClaim>

export const claimOnBill = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bills/:id/claims',
  summary:
    'Ask back what a bill charged for goods that never came or above the rate agreed; no goods move',
  status: 201,
  audit: 'purchasing.bill_claimed',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: NewBillClaim,
  reply: DebitNote,
  refusals: [...keyedGuards, 'not_found', 'claim_too_much', 'claim_invalid'],
})

const Level = Type.Integer({ minimum: 0, maximum: 100_000 })

export const ReorderSuggestion = Type.Object({
  medicineId: Id,
  name: Type.String(),
  packLabel: Type.String(),
  /** Whose bill brought it last; null when it was never bought. */
  supplierId: orNull(Id),
  supplierName: orNull(Type.String()),
  packs: Level,
  /** In base units: what can be sold before it expires, and what is on its way. */
  usableUnits: Type.Integer(),
  expiringUnits: Type.Integer(),
  onOrderUnits: Type.Integer(),
  soldUnits: Type.Integer(),
  soldDays: Type.Integer(),
  daysLeft: orNull(Type.Integer()),
  reason: oneOf(['runs_out', 'below_minimum']),
  lastRatePaise: orNull(Money),
})
export type ReorderSuggestion = Static<typeof ReorderSuggestion>

export const listSuggestions = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/suggestions',
  summary: 'What to order: from what was sold, what lies, what is on its way and what would expire',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(ReorderSuggestion, { maxItems: purchaseListMax }) }),
  refusals: [...purchasingGuards],
})

export const orderSuggestions = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/suggestions/orders',
  summary: 'Make one draft order for each supplier of the lines chosen',
  status: 201,
  audit: 'purchasing.orders_drafted',
  idempotent: true,
  body: Type.Object(
    {
      lines: Type.Array(
        Type.Object(
          { medicineId: Id, supplierId: Id, packs: Type.Integer({ minimum: 1, maximum: 100_000 }) },
          strict,
        ),
        { minItems: 1, maxItems: billLinesMax },
      ),
    },
    strict,
  ),
  reply: Type.Object({ orderIds: Type.Array(Id) }),
  refusals: [...keyedGuards, 'not_found', 'purchase_order_invalid'],
})

export const setReorderLevel = endpoint({
  ...purchasingDesk,
  method: 'PUT',
  path: '/purchases/levels/:id',
  summary:
    'Fix between how many packs of a medicine the shelf is kept, or leave it to consumption again',
  status: 200,
  audit: 'purchasing.level_set',
  params: Type.Object({ id: Id }),
  body: Type.Object({ minPacks: orNull(Level), maxPacks: orNull(Level) }, strict),
  reply: Type.Object({ minPacks: orNull(Level), maxPacks: orNull(Level) }),
  refusals: [...purchasingGuards, 'not_found', 'level_invalid'],
})
