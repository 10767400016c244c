import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { OrderPayment, RefundShown } from './payments.ts'
import { staffRefundReasons } from './payment-states.ts'
import { Id, Instant, Limit, Paise, oneOf } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'] as const
const keyed = ['idempotency_key_missing', 'idempotency_key_reused', 'conflict'] as const
const common = { tag: 'payments', ownership: 'none' } as const
const Nullable = <T extends ReturnType<typeof Type.String>>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const paymentStates = ['created', 'failed', 'authorised', 'captured'] as const
export const heldReasons = ['amount_differs', 'currency_differs', 'refund_differs'] as const

/** One try to pay, as the gateway and the bank know it. */
export const PaymentTry = Type.Object({
  id: Type.String(),
  state: oneOf(paymentStates),
  amountPaise: Paise,
  currency: Type.String(),
  method: Nullable(Type.String()),
  bankReference: Nullable(Type.String()),
  firstSeenAt: Instant,
  capturedPaise: Paise,
  promisedPaise: Paise,
  refundedPaise: Paise,
  /** Waits for a person: money of another amount or currency, or refunds that do not add up. */
  heldReason: Type.Union([oneOf(heldReasons), Type.Null()]),
  isReleased: Type.Boolean(),
})
export type PaymentTry = Static<typeof PaymentTry>

export const DeskRefund = Type.Object({
  ...RefundShown.properties,
  tries: Type.Integer(),
  note: Nullable(Type.String()),
  askedBy: Nullable(Type.String()),
  /** True when a person must act: the bank refused as often as it is tried. */
  needsPerson: Type.Boolean(),
  /** False for whoever asked: a second look is another person's. */
  mayDecide: Type.Boolean(),
})
export type DeskRefund = Static<typeof DeskRefund>

export const DeskPayment = Type.Object({
  ...OrderPayment.properties,
  tries: Type.Array(PaymentTry),
  refunds: Type.Array(DeskRefund),
  /** What may still be given back. */
  refundablePaise: Paise,
  /** From this amount on a refund waits for a second person. */
  secondLookFromPaise: Paise,
})
export type DeskPayment = Static<typeof DeskPayment>

export const getDeskPayment = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/orders/:id/payment',
  summary: 'Everything about the money of one order: tries, captures, refunds, what may go back',
  status: 200,
  permission: 'payments.refund',
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: DeskPayment,
  refusals: usual,
})

const note = Type.String({ minLength: 1, maxLength: 200 })

export const refundOrder = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/orders/:id/refunds',
  summary: 'Give money back to where it came from; a large amount waits for a second person',
  status: 201,
  permission: 'payments.refund',
  audit: 'payments.refund_asked',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      amountPaise: Type.Integer({ minimum: 1, maximum: 100_000_000_00 }),
      reason: oneOf(staffRefundReasons),
      note: Type.Optional(note),
    },
    { additionalProperties: false },
  ),
  reply: DeskPayment,
  refusals: [...usual, ...keyed, 'payment_not_captured', 'refund_exceeds_payment'],
})

export const decideRefund = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/refunds/:id/decision',
  summary: 'The second look: send a proposed refund, or withdraw it; never one’s own',
  status: 201,
  permission: 'payments.approve',
  audit: 'payments.refund_decided',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { approve: Type.Boolean(), note: Type.Optional(note) },
    { additionalProperties: false },
  ),
  reply: DeskPayment,
  refusals: [...usual, 'own_refund', 'refund_state_forbids'],
})

export const mendRefund = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/refunds/:id/mending',
  summary:
    'A refund the bank keeps refusing: try it again, or write down the transfer that was made by hand',
  status: 201,
  permission: 'payments.approve',
  audit: 'payments.refund_mended',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      /** The number of a transfer made by hand; absent: the gateway is asked once more. */
      bankReference: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{6,30}$' })),
    },
    { additionalProperties: false },
  ),
  reply: DeskPayment,
  refusals: [...usual, 'refund_state_forbids'],
})

export const returnHeldPayment = endpoint({
  ...common,
  method: 'POST',
  path: '/counter/held-payments/:id/return',
  summary: 'Send back, whole, a payment that is held because it is not what the order asked for',
  status: 201,
  permission: 'payments.approve',
  audit: 'payments.held_returned',
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
  reply: DeskPayment,
  refusals: [...usual, 'refund_state_forbids'],
})

export const ageingKinds = [
  'held',
  'refund_failed',
  'refund_late',
  'refund_proposed',
  'payment_waiting',
  'not_settled',
  'cash_with_rider',
  'door_undecided',
] as const

export const AgeingItem = Type.Object({
  kind: oneOf(ageingKinds),
  orderId: Id,
  amountPaise: Paise,
  since: Instant,
})

export const listAgeing = endpoint({
  ...common,
  method: 'GET',
  path: '/counter/payments/ageing',
  summary: 'Money that should have arrived by now, in or out, by how long it is late',
  status: 200,
  permission: 'payments.refund',
  audit: 'none',
  query: Type.Object({ kind: Type.Optional(oneOf(ageingKinds)), limit: Limit }),
  reply: Type.Object({
    buckets: Type.Array(
      Type.Object({
        kind: oneOf(ageingKinds),
        dayCount: Type.Integer(),
        weekCount: Type.Integer(),
        olderCount: Type.Integer(),
        totalPaise: Type.Integer(),
      }),
    ),
    items: Type.Array(AgeingItem),
  }),
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed'],
})
export type Ageing = Static<(typeof listAgeing)['reply']>

/** The endpoints of this file by operation id. */
export const paymentsDesk = {
  getDeskPayment,
  refundOrder,
  decideRefund,
  mendRefund,
  returnHeldPayment,
  listAgeing,
}
