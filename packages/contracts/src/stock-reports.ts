import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { BatchRow } from './stock.ts'
import { FileContent } from './registers.ts'
import { Cursor, Day, Id, Instant, Limit, Month, oneOf, Paise } from './shapes.ts'

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

export const reportDaysUsual = 90
/** Rows of one file; no report of a shop's shelf is longer. */
export const reportFileMax = 5_000
/** Batches of a valuation's file; what is beyond them is one row. */
export const valuationFileMax = 50_000
const reportDays = Type.Optional(Type.Integer({ minimum: 30, maximum: 365 }))
const page = { days: reportDays, limit: Limit, after: Cursor }
const next = Type.Union([Type.String(), Type.Null()])

export const SlowMover = Type.Object({
  medicineId: Id,
  name: Type.String(),
  units: Type.Integer(),
  unitsPerPack: Type.Integer(),
  costPaise: Paise,
  mrpPaise: Paise,
  soldUnits: Type.Integer(),
  /** How long the stock lasts at the pace of those days; null when none was sold. */
  daysLeft: Type.Union([Type.Integer(), Type.Null()]),
  earliestExpiry: Month,
})
export type SlowMover = Static<typeof SlowMover>

export const listSlowMovers = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/reports/slow-movers',
  summary:
    'What has lain for the whole period and will last longer than it at its pace, the dearest first',
  query: Type.Object(page),
  reply: Type.Object({ days: Type.Integer(), items: Type.Array(SlowMover), next }),
  refusals: usual,
})

export const StockOut = Type.Object({
  medicineId: Id,
  name: Type.String(),
  soldUnits: Type.Integer(),
  unitsPerPack: Type.Integer(),
  /** The last time units of it left the shelf or were promised. */
  outSince: Instant,
  /** Times somebody was told since then that it is not there. */
  refused: Type.Integer(),
})
export type StockOut = Static<typeof StockOut>

export const listStockOuts = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/reports/stock-outs',
  summary: 'What was sold in the period and cannot be promised now, the best seller first',
  query: Type.Object(page),
  reply: Type.Object({ days: Type.Integer(), items: Type.Array(StockOut), next }),
  refusals: usual,
})

export const LostDemand = Type.Object({
  medicineId: Id,
  name: Type.String(),
  inCarts: Type.Integer(),
  atCheckout: Type.Integer(),
  packs: Type.Integer(),
  lastAt: Instant,
  availablePacks: Type.Integer(),
})
export type LostDemand = Static<typeof LostDemand>

export const listLostDemand = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/reports/lost-demand',
  summary: 'What people asked for and could not have for lack of stock; who asked is not kept',
  query: Type.Object(page),
  reply: Type.Object({ days: Type.Integer(), items: Type.Array(LostDemand), next }),
  refusals: usual,
})

export const stockReportNames = ['slow_movers', 'stock_outs', 'lost_demand', 'valuation'] as const

export const exportStockReport = endpoint({
  ...guarded,
  audit: 'stock.report_exported',
  method: 'GET',
  path: '/stock/reports/file',
  summary: 'A report whole, as CSV; the valuation batch by batch at the end of `day`',
  query: Type.Object({
    report: oneOf(stockReportNames),
    days: reportDays,
    day: Type.Optional(Day),
  }),
  reply: FileContent,
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const stockReports = {
  explainStock,
  valueStock,
  listExpiring,
  traceBatch,
  listSlowMovers,
  listStockOuts,
  listLostDemand,
  exportStockReport,
}
