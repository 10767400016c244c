import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Paise, oneOf } from './shapes.ts'

/** Why store credit moved: a present, money of an order kept as credit, an order paid, and what came back of that. */
export const creditKinds = ['goodwill', 'refunded', 'spent', 'returned'] as const

export const StoreCredit = Type.Object({
  balancePaise: Paise,
  entries: Type.Array(
    Type.Object({
      orderId: Id,
      kind: oneOf(creditKinds),
      /** Negative where credit paid for something. */
      amountPaise: Type.Integer(),
      note: Type.Union([Type.String(), Type.Null()]),
      at: Instant,
    }),
  ),
})
export type StoreCredit = Static<typeof StoreCredit>

const own = { tag: 'payments', audit: 'none' } as const

export const getMyCredit = endpoint({
  ...own,
  method: 'GET',
  path: '/credit',
  summary: 'The person’s store credit and its last movements; it has no end',
  status: 200,
  permission: 'signed_in',
  ownership: 'person',
  reply: StoreCredit,
  refusals: ['malformed_request', 'sign_in_needed'],
})

const desk = {
  tag: 'payments',
  permission: 'payments.refund',
  ownership: 'none',
  path: '/counter/orders/:id/credit',
  params: Type.Object({ id: Id }),
} as const

export const getOrderCredit = endpoint({
  ...desk,
  method: 'GET',
  summary: 'The store credit of the customer of an order',
  status: 200,
  audit: 'none',
  reply: StoreCredit,
  refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'],
})

export const giveGoodwill = endpoint({
  ...desk,
  method: 'POST',
  summary:
    'Give the customer of an order store credit, with the reason; above the limit of a second look refused',
  status: 201,
  audit: 'payments.goodwill_given',
  idempotent: true,
  body: Type.Object(
    {
      amountPaise: Type.Integer({ minimum: 1, maximum: 100_000_00 }),
      note: Type.String({ minLength: 3, maxLength: 200 }),
    },
    { additionalProperties: false },
  ),
  reply: StoreCredit,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_allowed',
    'not_found',
    'idempotency_key_missing',
    'idempotency_key_reused',
    'credit_over_limit',
  ],
})

/** The endpoints of this file by operation id. */
export const credit = { getMyCredit, getOrderCredit, giveGoodwill }
