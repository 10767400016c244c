import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Limit, Month, Paise, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const keyed = [...usual, 'idempotency_key_missing', 'idempotency_key_reused'] as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])
const strict = { additionalProperties: false } as const
const desk = { tag: 'stock', permission: 'stock.count', ownership: 'none' } as const

/** Base units; left out, all that lie free. */
const Units = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }))
const Why = Type.String({ minLength: 3, maxLength: 150 })

export const apartStates = ['quarantine', 'damaged'] as const
export const writeOffReasons = ['expired', 'broken', 'spoiled', 'lost', 'other'] as const
export const writtenOffFrom = ['quarantine', 'damaged', 'expired'] as const

const Moved = Type.Object({ id: Id, units: Type.Integer() })

export const setBatchApart = endpoint({
  ...desk,
  method: 'POST',
  path: '/stock/batches/:id/apart',
  summary: 'Set free units of a batch apart: nobody is sold them until a pharmacist decides',
  status: 201,
  audit: 'stock.batch_set_apart',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ to: oneOf(apartStates), units: Units, reason: Why }, strict),
  reply: Moved,
  refusals: [...keyed, 'not_found', 'out_of_stock'],
})

export const releaseBatch = endpoint({
  ...desk,
  permission: 'stock.quality',
  method: 'POST',
  path: '/stock/batches/:id/release',
  summary: 'A pharmacist puts units that lay apart back on the shelf, saying why they are good',
  status: 201,
  audit: 'stock.batch_released',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ from: oneOf(apartStates), units: Units, reason: Why }, strict),
  reply: Moved,
  refusals: [...keyed, 'not_found', 'batch_not_issuable', 'out_of_stock'],
})

export const WriteOff = Type.Object({
  id: Id,
  batchId: Id,
  medicineId: Id,
  name: Type.String(),
  batchNumber: Type.String(),
  expiry: Month,
  unitsPerPack: Type.Integer(),
  units: Type.Integer(),
  reason: oneOf(writeOffReasons),
  note: Type.String(),
  /** At the purchase rate; null for a lot that has none. */
  costPaise: orNull(Paise),
  at: Instant,
  by: orNull(Type.String()),
  undoneAt: orNull(Instant),
  undoneBy: orNull(Type.String()),
})
export type WriteOff = Static<typeof WriteOff>

export const writeOffBatch = endpoint({
  ...desk,
  permission: 'stock.approve',
  method: 'POST',
  path: '/stock/batches/:id/write-offs',
  summary: 'Units that lie apart leave the books, destroyed or lost, with the record of it',
  status: 201,
  audit: 'stock.written_off',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      from: oneOf(writtenOffFrom),
      units: Units,
      reason: oneOf(writeOffReasons),
      /** The witness, the carrier of the waste or its number: what an inspector is shown. */
      note: Why,
    },
    strict,
  ),
  reply: WriteOff,
  refusals: [...keyed, 'not_found', 'out_of_stock', 'batch_not_issuable'],
})

export const listWriteOffs = endpoint({
  ...desk,
  permission: 'stock.view',
  method: 'GET',
  path: '/stock/write-offs',
  summary: 'What left the books, newest first, with what was put back',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit }),
  reply: Type.Object({ items: Type.Array(WriteOff) }),
  refusals: usual,
})

export const undoWriteOff = endpoint({
  ...desk,
  permission: 'stock.approve',
  method: 'POST',
  path: '/stock/write-offs/:id/undoing',
  summary: 'A write-off made by mistake: a counter-movement puts its units back apart',
  status: 201,
  audit: 'stock.write_off_undone',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Why }, strict),
  reply: WriteOff,
  refusals: [...usual, 'not_found', 'write_off_undone'],
})

export const listDiscrepancies = endpoint({
  ...desk,
  permission: 'stock.view',
  method: 'GET',
  path: '/stock/discrepancies',
  summary: 'Balances that are not the sum of their movements: always empty, and an alarm when not',
  status: 200,
  audit: 'none',
  reply: Type.Object({
    checkedAt: Instant,
    items: Type.Array(
      Type.Object({
        batchId: Id,
        name: Type.String(),
        batchNumber: Type.String(),
        state: Type.String(),
        bin: Type.String(),
        onHand: orNull(Type.Integer()),
        ledgerOnHand: orNull(Type.Integer()),
        reserved: orNull(Type.Integer()),
        ledgerReserved: orNull(Type.Integer()),
        heldUnits: orNull(Type.Integer()),
      }),
    ),
    /** Units that left one place and arrived in none. */
    unpaired: Type.Integer(),
  }),
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const stockActs = {
  setBatchApart,
  releaseBatch,
  writeOffBatch,
  listWriteOffs,
  undoWriteOff,
  listDiscrepancies,
}
