import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Month, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const keyed = [...usual, 'idempotency_key_missing', 'idempotency_key_reused'] as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])
const Units = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
const strict = { additionalProperties: false } as const
const desk = {
  tag: 'stock',
  permission: 'stock.receive',
  ownership: 'none',
} as const

export const transferStates = ['sent', 'received', 'cancelled'] as const
export const transferLinesMax = 200
export const transferListMax = 100
/** Why fewer units arrived than were sent. */
export const shortageReasons = [
  'lost',
  'broken_on_the_way',
  'never_packed',
  'theft_suspected',
] as const

export const Store = Type.Object({
  id: Id,
  name: Type.String(),
  /** The one that serves online orders. */
  isDefault: Type.Boolean(),
})

export const listStores = endpoint({
  ...desk,
  permission: 'stock.view',
  method: 'GET',
  path: '/stock/stores',
  summary: 'The stores that keep stock, the one that serves online orders first',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(Store, { maxItems: 100 }) }),
  refusals: usual,
})

export const saveStore = endpoint({
  ...desk,
  permission: 'stock.configure',
  method: 'PUT',
  path: '/stock/stores/:id',
  summary: 'Enter a further store, or give one another name, under an id the sender chose',
  status: 200,
  audit: 'stock.store_saved',
  params: Type.Object({ id: Id }),
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }) }, strict),
  reply: Store,
  refusals: usual,
})

export const Transfer = Type.Object({
  id: Id,
  number: Type.String(),
  state: oneOf(transferStates),
  fromStoreId: Id,
  fromStore: Type.String(),
  toStoreId: Id,
  toStore: Type.String(),
  note: orNull(Type.String()),
  sentAt: Instant,
  sentBy: orNull(Type.String()),
  receivedAt: orNull(Instant),
  receivedBy: orNull(Type.String()),
  cancelledAt: orNull(Instant),
  cancelledBy: orNull(Type.String()),
  lines: Type.Array(
    Type.Object({
      batchId: Id,
      medicineId: Id,
      name: Type.String(),
      batchNumber: Type.String(),
      expiry: Month,
      unitsPerPack: Type.Integer(),
      /** Base units. */
      sentUnits: Units,
      goodUnits: orNull(Units),
      damagedUnits: orNull(Units),
      shortageReason: orNull(oneOf(shortageReasons)),
      /** Recalled or expired on the way: it is set apart on arrival, not sold. */
      mayBeSold: Type.Boolean(),
    }),
  ),
})
export type Transfer = Static<typeof Transfer>

export const listTransfers = endpoint({
  ...desk,
  method: 'GET',
  path: '/stock/transfers',
  summary: 'Transfers between stores, newest first; those on their way when asked for',
  status: 200,
  audit: 'none',
  query: Type.Object({ state: Type.Optional(oneOf(transferStates)) }),
  reply: Type.Object({ items: Type.Array(Transfer, { maxItems: transferListMax }) }),
  refusals: usual,
})

export const getTransfer = endpoint({
  ...desk,
  method: 'GET',
  path: '/stock/transfers/:id',
  summary: 'One transfer with what was sent and what arrived',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Transfer,
  refusals: [...usual, 'not_found'],
})

export const sendTransfer = endpoint({
  ...desk,
  method: 'POST',
  path: '/stock/transfers',
  summary: 'Send units to another store: from now on they are on their way, sold by neither',
  status: 201,
  audit: 'stock.transfer_sent',
  idempotent: true,
  body: Type.Object(
    {
      fromStoreId: Id,
      toStoreId: Id,
      note: Type.Optional(Type.String({ minLength: 1, maxLength: 150 })),
      lines: Type.Array(
        Type.Object(
          { batchId: Id, units: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }) },
          strict,
        ),
        { minItems: 1, maxItems: transferLinesMax },
      ),
    },
    strict,
  ),
  reply: Transfer,
  refusals: [...keyed, 'not_found', 'transfer_invalid', 'batch_not_issuable', 'out_of_stock'],
})

export const receiveTransfer = endpoint({
  ...desk,
  method: 'POST',
  path: '/stock/transfers/:id/receipt',
  summary: 'Count what arrived, every line at once; what is missing is written off with its reason',
  status: 201,
  audit: 'stock.transfer_received',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      lines: Type.Array(
        Type.Object(
          {
            batchId: Id,
            goodUnits: Units,
            damagedUnits: Type.Optional(Units),
            /** Needed when fewer came than were sent. */
            shortageReason: Type.Optional(oneOf(shortageReasons)),
            bin: Type.Optional(Type.String({ maxLength: 20 })),
          },
          strict,
        ),
        { minItems: 1, maxItems: transferLinesMax },
      ),
    },
    strict,
  ),
  reply: Transfer,
  refusals: [...keyed, 'not_found', 'transfer_state_forbids', 'transfer_invalid', 'reason_needed'],
})

export const cancelTransfer = endpoint({
  ...desk,
  method: 'POST',
  path: '/stock/transfers/:id/cancellation',
  summary: 'Call a transfer back that has not arrived: its units lie in the sending store again',
  status: 201,
  audit: 'stock.transfer_cancelled',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 150 }) }, strict),
  reply: Transfer,
  refusals: [...usual, 'not_found', 'transfer_state_forbids'],
})

export const cutStrips = endpoint({
  ...desk,
  permission: 'orders.pack',
  method: 'POST',
  path: '/stock/batches/:id/cutting',
  summary: 'Cut whole packs of a batch open: their units are sold by the tablet from now on',
  status: 201,
  audit: 'stock.strips_cut',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ packs: Type.Integer({ minimum: 1, maximum: 100 }) }, strict),
  reply: Type.Object({ id: Id, looseUnits: Type.Integer() }),
  refusals: [...keyed, 'not_found', 'batch_not_issuable', 'out_of_stock'],
})

/** The endpoints of this file by operation id. */
export const stockTransfers = {
  listStores,
  saveStore,
  listTransfers,
  getTransfer,
  sendTransfer,
  receiveTransfer,
  cancelTransfer,
  cutStrips,
}
