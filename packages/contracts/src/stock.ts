import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, Month, Paise, oneOf } from './shapes.ts'

/** What holds the whole batch, or else where the units lie. */
export const batchStates = [
  'sellable',
  'loose',
  'quarantine',
  'recalled',
  'damaged',
  'expired',
  'in_transit',
  'not_for_sale',
  'on_hold',
] as const
export type BatchState = (typeof batchStates)[number]

export const BatchRow = Type.Object({
  id: Id,
  /** A batch may lie in several bins and states; a list has a row of each. */
  positionId: Type.String(),
  medicineId: Id,
  name: Type.String(),
  composition: Type.String(),
  batchNumber: Type.String(),
  expiry: Month,
  bin: Type.String(),
  state: oneOf(batchStates),
  mrpPaise: Paise,
  unitsPerPack: Type.Integer(),
  /** Base units, as the ledger counts; screens divide by unitsPerPack. */
  onHandUnits: Type.Integer(),
  reservedUnits: Type.Integer(),
  /** Why no unit of it may be issued today; null when it may. */
  notIssuable: Type.Union([
    Type.Object({ code: Type.String(), sentence: Type.String() }),
    Type.Null(),
  ]),
})
export type BatchRow = Static<typeof BatchRow>

/** Whoever has more batches looks for a medicine, not for a number. */
export const batchCountMax = 1_000

export const listBatches = endpoint({
  method: 'GET',
  path: '/stock/batches',
  summary:
    'Batches on the shelf, earliest expiry first, expired and blocked ones with their reason',
  tag: 'stock',
  status: 200,
  permission: 'stock.view',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({
    medicineId: Type.Optional(Id),
    expiry: Type.Optional(
      Type.Union([
        Type.Literal('expired'),
        Type.Literal('within_30_days'),
        Type.Literal('within_90_days'),
        Type.Literal('later'),
      ]),
    ),
    limit: Limit,
    after: Cursor,
  }),
  reply: Type.Object({
    items: Type.Array(BatchRow),
    next: Type.Union([Type.String(), Type.Null()]),
    /** Of each part of the filter, counted to `batchCountMax` and no further. */
    counts: Type.Record(Type.String(), Type.Integer()),
  }),
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed'],
})

export const getBatch = endpoint({
  method: 'GET',
  path: '/stock/batches/:id',
  summary: 'One batch with its ledger movements, newest first',
  tag: 'stock',
  status: 200,
  permission: 'stock.view',
  ownership: 'none',
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Type.Interface([BatchRow], {
    supplier: Type.String(),
    billNumber: Type.String(),
    movements: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Instant,
        kind: Type.String(),
        state: Type.String(),
        bin: Type.String(),
        onHandDelta: Type.Integer(),
        reservedDelta: Type.Integer(),
        cause: Type.String(),
        by: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'],
})

export const NewReceipt = Type.Object(
  {
    supplierName: Type.String({ minLength: 1, maxLength: 120 }),
    billNumber: Type.String({ minLength: 1, maxLength: 40 }),
    lines: Type.Array(
      Type.Object(
        {
          medicineId: Id,
          batchNumber: Type.String({ minLength: 1, maxLength: 30 }),
          /** The maker's date, where the pack prints one. */
          manufactured: Type.Optional(Month),
          expiry: Month,
          mrpPaise: Type.Integer({ minimum: 1, maximum: 100_000_000_00 }),
          purchaseRatePaise: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000_00 })),
          packs: Type.Integer({ minimum: 1, maximum: 100_000 }),
          freePacks: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
          bin: Type.Optional(Type.String({ maxLength: 20 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
)
export type NewReceipt = Static<typeof NewReceipt>

export const Receipt = Type.Object({
  id: Id,
  number: Type.String(),
  receivedAt: Instant,
  lines: Type.Array(BatchRow),
})
export type Receipt = Static<typeof Receipt>

export const receiveStock = endpoint({
  method: 'POST',
  path: '/stock/receipts',
  summary: 'Receive goods against a supplier’s bill: batches, expiry and MRP enter the ledger',
  tag: 'stock',
  status: 201,
  permission: 'stock.receive',
  ownership: 'none',
  audit: 'stock.goods_received',
  idempotent: true,
  body: NewReceipt,
  reply: Receipt,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'idempotency_key_missing',
    'idempotency_key_reused',
    'not_found',
    'batch_expired',
    'receipt_repeated',
    'receipt_invalid',
  ],
})
