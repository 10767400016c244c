import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf } from './shapes.ts'
import { Transfer } from './stock-transfers.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const keyed = [...usual, 'idempotency_key_missing', 'idempotency_key_reused'] as const
const answered = [...usual, 'not_found', 'transfer_request_over'] as const
const strict = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])
const desk = { tag: 'stock', permission: 'stock.receive', ownership: 'none' } as const
const Units = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const Reason = Type.String({ minLength: 3, maxLength: 150 })
const one = { params: Type.Object({ id: Id }) }

export const transferRequestStates = ['open', 'sent', 'declined', 'withdrawn', 'expired'] as const
/** A request nobody answered is over after so many days. */
export const transferRequestDays = 7
export const transferRequestListMax = 50

export const TransferRequest = Type.Object({
  id: Id,
  number: Type.String(),
  state: oneOf(transferRequestStates),
  askingStoreId: Id,
  askingStore: Type.String(),
  askedStoreId: Id,
  askedStore: Type.String(),
  medicineId: Id,
  name: Type.String(),
  /** Base units. */
  units: Units,
  reason: Type.String(),
  askedAt: Instant,
  askedBy: orNull(Type.String()),
  expiresAt: Instant,
  endedAt: orNull(Instant),
  endedBy: orNull(Type.String()),
  endReason: orNull(Type.String()),
  /** What was sent for it. */
  transferId: orNull(Id),
})
export type TransferRequest = Static<typeof TransferRequest>

export const listTransferRequests = endpoint({
  ...desk,
  method: 'GET',
  path: '/stock/transfer-requests',
  summary: 'What stores asked of each other: the open ones first, then the newest',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(TransferRequest, { maxItems: transferRequestListMax }) }),
  refusals: usual,
})

export const askForTransfer = endpoint({
  ...desk,
  method: 'POST',
  path: '/stock/transfer-requests',
  summary:
    'Ask another store for units of a medicine; unanswered, the request is over after a week',
  status: 201,
  audit: 'stock.transfer_requested',
  idempotent: true,
  body: Type.Object(
    { askingStoreId: Id, askedStoreId: Id, medicineId: Id, units: Units, reason: Reason },
    strict,
  ),
  reply: TransferRequest,
  refusals: [...keyed, 'not_found', 'transfer_invalid'],
})

export const sendRequestedTransfer = endpoint({
  ...desk,
  ...one,
  method: 'POST',
  path: '/stock/transfer-requests/:id/sending',
  summary: 'Send what was asked for, or less, first to expire first: it becomes a transfer',
  status: 201,
  audit: 'stock.requested_transfer_sent',
  idempotent: true,
  body: Type.Object({ units: Type.Optional(Units) }, strict),
  reply: Transfer,
  refusals: [
    ...keyed,
    'not_found',
    'transfer_request_over',
    'transfer_invalid',
    'batch_not_issuable',
    'out_of_stock',
  ],
})

export const declineTransferRequest = endpoint({
  ...desk,
  ...one,
  method: 'POST',
  path: '/stock/transfer-requests/:id/refusal',
  summary: 'Decline to send, and say why',
  status: 201,
  audit: 'stock.transfer_request_declined',
  body: Type.Object({ reason: Reason }, strict),
  reply: TransferRequest,
  refusals: answered,
})

export const withdrawTransferRequest = endpoint({
  ...desk,
  ...one,
  method: 'POST',
  path: '/stock/transfer-requests/:id/withdrawal',
  summary: 'Withdraw a request that is needed no longer',
  status: 201,
  audit: 'stock.transfer_request_withdrawn',
  reply: TransferRequest,
  refusals: answered,
})

/** The endpoints of this file by operation id. */
export const stockTransferRequests = {
  listTransferRequests,
  askForTransfer,
  sendRequestedTransfer,
  declineTransferRequest,
  withdrawTransferRequest,
}
