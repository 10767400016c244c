import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, Month, oneOf } from './shapes.ts'

export const countReasons = [
  'broken',
  'lost',
  'found',
  'entered_wrongly',
  'given_wrongly',
  'theft_suspected',
  'other',
] as const

const positionStates = ['sellable', 'loose', 'quarantine', 'damaged', 'expired'] as const
const Place = {
  batchId: Id,
  state: oneOf(positionStates),
  bin: Type.String({ maxLength: 20 }),
}

/** One position to count. Units are base units; the ledger's are hidden in a blind count until it is counted. */
export const CountLine = Type.Object({
  ...Place,
  name: Type.String(),
  batchNumber: Type.String(),
  expiry: Month,
  unitsPerPack: Type.Integer(),
  expectedUnits: Type.Union([Type.Integer(), Type.Null()]),
  /** Of the last count; the ledger's number is the one at that moment. */
  counted: Type.Union([
    Type.Object({
      id: Id,
      units: Type.Integer(),
      ledgerUnits: Type.Integer(),
      by: Type.Union([Type.String(), Type.Null()]),
      at: Instant,
      reason: Type.Union([oneOf(countReasons), Type.Null()]),
      decision: oneOf(['none_needed', 'waiting', 'approved', 'rejected'] as const),
    }),
    Type.Null(),
  ]),
})

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const CountHead = Type.Object({
  id: Id,
  number: Type.String(),
  kind: oneOf(['cycle', 'full'] as const),
  isBlind: Type.Boolean(),
  /** Only this bin, or only this medicine; null for everything. */
  bin: orNull(Type.String()),
  medicineId: orNull(Id),
  medicine: orNull(Type.String()),
  openedAt: Instant,
  openedBy: orNull(Type.String()),
  /** Null while it can be taken up again. */
  closedAt: orNull(Instant),
  closedBy: orNull(Type.String()),
  /** Places with goods in them or counted, and how many of them have a number. */
  places: Type.Integer(),
  countedPlaces: Type.Integer(),
  /** Differences that wait for another person. */
  waiting: Type.Integer(),
})
export type CountHead = Static<typeof CountHead>

export const StockCount = Type.Interface([CountHead], {
  lines: Type.Array(CountLine),
  next: orNull(Type.String()),
})
export type StockCount = Static<typeof StockCount>

/** Which lines of a sheet: all, those without a number, or those whose difference waits. */
export const countViews = ['to_count', 'waiting'] as const

const guarded = { tag: 'stock', permission: 'stock.count', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const openCount = endpoint({
  ...guarded,
  method: 'POST',
  path: '/stock/counts',
  summary: 'Begin a count of one bin or of the whole store; sales go on meanwhile',
  status: 201,
  audit: 'stock.count_opened',
  idempotent: true,
  body: Type.Object(
    {
      kind: oneOf(['cycle', 'full'] as const),
      isBlind: Type.Boolean(),
      bin: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
      /** Only this medicine, wherever it lies. */
      medicineId: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  reply: StockCount,
  refusals: [...usual, 'idempotency_key_missing', 'idempotency_key_reused'],
})

export const listCounts = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/counts',
  summary: 'Counts with how far each has come, those that can be taken up again first',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(CountHead) }),
  refusals: usual,
})

export const getCount = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/counts/:id',
  summary: 'The count sheet in walking order, with what was counted so far',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  query: Type.Object({ after: Cursor, show: Type.Optional(oneOf(countViews)) }),
  reply: StockCount,
  refusals: [...usual, 'not_found'],
})

export const recordCount = endpoint({
  ...guarded,
  method: 'POST',
  path: '/stock/counts/:id/lines',
  summary: 'Write what was counted in one place; it is compared with the ledger of this moment',
  status: 201,
  audit: 'stock.counted',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      ...Place,
      units: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
      /** Needed when the number differs. */
      reason: Type.Optional(oneOf(countReasons)),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id, varianceUnits: Type.Integer() }),
  refusals: [...usual, 'not_found', 'reason_needed', 'count_closed'],
})

export const closeCount = endpoint({
  ...guarded,
  method: 'POST',
  path: '/stock/counts/:id/closing',
  summary: 'End a count: its numbers stand as they are, and what has none was not counted',
  status: 201,
  audit: 'stock.count_closed',
  params: Type.Object({ id: Id }),
  reply: CountHead,
  refusals: [...usual, 'not_found', 'count_undecided', 'count_closed'],
})

export const decideCount = endpoint({
  ...guarded,
  method: 'POST',
  path: '/stock/count-lines/:id/decision',
  summary: 'Another person approves a difference, which corrects the ledger, or rejects it',
  status: 201,
  permission: 'stock.approve',
  audit: 'stock.count_decided',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { approve: Type.Boolean(), note: Type.Optional(Type.String({ minLength: 1, maxLength: 150 })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id, correctedUnits: Type.Integer() }),
  refusals: [...usual, 'not_found', 'own_count', 'count_decided', 'count_below_promised'],
})

/** The endpoints of this file by operation id. */
export const counting = {
  listCounts,
  openCount,
  getCount,
  recordCount,
  decideCount,
  closeCount,
}
