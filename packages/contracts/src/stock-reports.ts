import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { BatchRow } from './stock.ts'
import { Day, Id, Instant, Month, Paise } from './shapes.ts'

const guarded = {
  tag: 'stock',
  status: 200,
  permission: 'stock.view',
  ownership: 'none',
  audit: 'none',
} as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const explainStock = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/medicines/:medicineId/explanation',
  summary: 'Why a medicine can or cannot be sold: every batch in its order, each with its reason',
  params: Type.Object({ medicineId: Id }),
  reply: Type.Object({
    availablePacks: Type.Integer(),
    batches: Type.Array(BatchRow),
    /** What a customer is told while nothing can be sold; null when something can. */
    customer: Type.Union([Type.Object({ en: Type.String(), hi: Type.String() }), Type.Null()]),
  }),
  refusals: usual,
})

export const valueStock = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/valuation',
  summary: 'What the stock of every store was worth at the end of a day, from the ledger',
  query: Type.Object({ day: Type.Optional(Day) }),
  reply: Type.Object({
    day: Day,
    batches: Type.Integer(),
    units: Type.Integer(),
    /** At the purchase rate; lots without one are counted in `batchesWithoutCost`, not guessed. */
    costPaise: Paise,
    mrpPaise: Paise,
    batchesWithoutCost: Type.Integer(),
  }),
  refusals: usual,
})

export const listExpiring = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/expiry-ladder',
  summary: 'What nears its expiry, by the step of the ladder, with the money at risk',
  reply: Type.Object({
    today: Day,
    steps: Type.Array(
      Type.Object({
        step: Type.String(),
        batches: Type.Integer(),
        costPaise: Paise,
        mrpPaise: Paise,
        items: Type.Array(
          Type.Object({
            id: Id,
            medicineId: Id,
            name: Type.String(),
            batchNumber: Type.String(),
            expiry: Month,
            supplier: Type.String(),
            bins: Type.String(),
            units: Type.Integer(),
            unitsPerPack: Type.Integer(),
            mrpPaise: Paise,
            costPaise: Paise,
            /** Of the units: those nobody was promised, and those that lie apart already. */
            freeUnits: Type.Integer(),
            apartUnits: Type.Integer(),
          }),
        ),
      }),
    ),
  }),
  refusals: usual,
})

export const traceBatch = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/batches/:id/trace',
  summary: 'A batch from the supplier’s bill to the orders it left in',
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    batchNumber: Type.String(),
    supplier: Type.String(),
    billNumber: Type.String(),
    receivedAt: Instant,
    receivedUnits: Type.Integer(),
    issues: Type.Array(
      Type.Object({
        orderId: Id,
        units: Type.Integer(),
        at: Instant,
        returnedUnits: Type.Integer(),
      }),
    ),
  }),
  refusals: [...usual, 'not_found'],
})

/** The endpoints of this file by operation id. */
export const stockReports = { explainStock, valueStock, listExpiring, traceBatch }
