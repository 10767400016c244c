import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf } from './shapes.ts'

/** What a customer is told about an order, each once. */
export const noticeOccasions = [
  'checking',
  'checking_again',
  'question',
  'choice',
  'payment',
  'confirmed',
  'packed',
  'ready',
  'on_the_way',
  'delivered',
  'returned',
  'cancelled',
  'refunded',
  'recalled',
] as const
export type NoticeOccasion = (typeof noticeOccasions)[number]

/** The texts that are registered with the telecom operators: the code to sign in with, and one for each occasion. */
export const smsTemplateNames: readonly string[] = ['sign_in', ...noticeOccasions].flatMap(name => [
  `${name}.en`,
  `${name}.hi`,
])

/** `shown` on her order only, where no SMS provider is connected; `late` when it was too old to be sent any more. */
export const noticeStates = ['shown', 'waiting', 'sent', 'refused', 'late'] as const

export const OrderNotice = Type.Object({
  id: Id,
  occasion: oneOf(noticeOccasions),
  /** As it was told, in the language of the order: no medicine, no illness, no name. */
  text: Type.String(),
  language: oneOf(['en', 'hi']),
  at: Instant,
  state: oneOf(noticeStates),
  sentAt: Type.Union([Instant, Type.Null()]),
})
export type OrderNotice = Static<typeof OrderNotice>

const Notices = Type.Object({ items: Type.Array(OrderNotice) })
const params = Type.Object({ id: Id })

export const notices = {
  listMyOrderNotices: endpoint({
    method: 'GET',
    path: '/orders/:id/notices',
    summary: 'What the person was told about her order, newest first',
    tag: 'notices',
    status: 200,
    permission: 'signed_in',
    ownership: 'person',
    audit: 'none',
    params,
    reply: Notices,
    refusals: ['malformed_request', 'sign_in_needed', 'not_found'],
  }),
  listOrderNotices: endpoint({
    method: 'GET',
    path: '/counter/orders/:id/notices',
    summary: 'What the customer of an order was told, newest first',
    tag: 'notices',
    status: 200,
    permission: 'orders.deliver',
    ownership: 'none',
    audit: 'none',
    params,
    reply: Notices,
    refusals: ['malformed_request', 'sign_in_needed', 'not_allowed', 'not_found'],
  }),
}
