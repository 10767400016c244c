import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { intentStates, refundReasons, refundStates } from './payment-states.ts'
import { Day, Id, Instant, Paise, oneOf } from './shapes.ts'

/** The refund clock: when it was decided, when the bank got it, by when to expect it, and what to quote to the bank. */
export const RefundShown = Type.Object({
  id: Id,
  amountPaise: Paise,
  reason: oneOf(refundReasons),
  state: oneOf(refundStates),
  askedAt: Instant,
  sentAt: Type.Union([Instant, Type.Null()]),
  settledAt: Type.Union([Instant, Type.Null()]),
  expectedBy: Type.Union([Day, Type.Null()]),
  bankReference: Type.Union([Type.String(), Type.Null()]),
})
export type RefundShown = Static<typeof RefundShown>

export const OrderPayment = Type.Object({
  intentId: Id,
  orderId: Id,
  state: oneOf(intentStates),
  amountPaise: Paise,
  capturedPaise: Paise,
  refundedPaise: Paise,
  expiresAt: Instant,
  /** True while the customer may be sent to pay. */
  mayPay: Type.Boolean(),
  refunds: Type.Array(RefundShown),
})
export type OrderPayment = Static<typeof OrderPayment>

const own = { tag: 'payments', permission: 'signed_in', ownership: 'person' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_found'] as const
const OrderId = Type.Object({ id: Id })

export const getPayment = endpoint({
  ...own,
  method: 'GET',
  path: '/orders/:id/payment',
  summary: 'What an order asks for, what was paid and what comes back, with the refund clock',
  status: 200,
  audit: 'none',
  params: OrderId,
  reply: OrderPayment,
  refusals: usual,
})

export const beginPayment = endpoint({
  ...own,
  method: 'POST',
  path: '/orders/:id/payment/checkout',
  summary: 'Go to pay: everything the checkout needs, as a script and as a plain form',
  status: 201,
  audit: 'payments.checkout_begun',
  params: OrderId,
  reply: Type.Object({
    intentId: Id,
    gatewayOrderId: Type.String(),
    keyId: Type.String(),
    amountPaise: Paise,
    currency: Type.Literal('INR'),
    expiresAt: Instant,
    /** The gateway's script for browsers that run scripts; its answer goes to `confirmPayment`. */
    scriptUrl: Type.String(),
    /** For browsers that do not: post these fields there as a form. The gateway brings the customer back itself. */
    form: Type.Object({
      action: Type.String(),
      fields: Type.Record(Type.String(), Type.String()),
    }),
  }),
  refusals: [...usual, 'payment_state_forbids', 'payment_unavailable', 'unavailable'],
})

export const confirmPayment = endpoint({
  ...own,
  method: 'POST',
  path: '/orders/:id/payment/confirmation',
  summary: 'What the checkout answered; believed after its signature and the gateway’s own word',
  status: 201,
  audit: 'payments.return_confirmed',
  params: OrderId,
  body: Type.Object(
    {
      paymentId: Type.String({ minLength: 1, maxLength: 64 }),
      signature: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  reply: OrderPayment,
  refusals: [...usual, 'payment_not_verified', 'payment_unavailable'],
})

/** The endpoints of this file by operation id. */
export const payments = { getPayment, beginPayment, confirmPayment }
