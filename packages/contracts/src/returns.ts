import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Limit, Month, Paise, oneOf } from './shapes.ts'

/** Why a delivered medicine comes back, as the customer chooses. */
export const returnReasons = [
  'damaged',
  'wrong_item',
  'expired_or_short',
  'not_as_described',
  'not_needed',
] as const
export type ReturnReason = (typeof returnReasons)[number]
export const returnStates = ['asked', 'accepted', 'declined', 'withdrawn'] as const
/** What becomes of what came back. Nothing that left the store goes straight back to the shelf. */
export const returnFates = ['quarantine', 'destroyed'] as const
/** How the money goes back: where it came from, for an order paid in cash from the drawer or by a transfer, or as store credit. */
export const returnWays = ['source', 'cash', 'transfer', 'credit'] as const
/** Days after delivery in which a return may be asked. */
export const returnWithinDays = 7

const orNull = <T extends Parameters<typeof Type.Array>[0]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const OrderReturn = Type.Object({
  id: Id,
  state: oneOf(returnStates),
  reason: oneOf(returnReasons),
  askedAt: Instant,
  decidedAt: orNull(Instant),
  /** What the pharmacy says to the customer, where less than asked was accepted. */
  answer: orNull(Type.String()),
  /** What goes back to the customer; null while nothing is decided. */
  refundPaise: orNull(Paise),
  refundWay: orNull(oneOf(returnWays)),
  /** Of a transfer by hand. */
  reference: orNull(Type.String()),
  creditNote: orNull(Type.String()),
  lines: Type.Array(
    Type.Object({
      medicineId: Id,
      name: Type.String(),
      askedPacks: Type.Integer(),
      acceptedPacks: Type.Integer(),
    }),
  ),
})
export type OrderReturn = Static<typeof OrderReturn>

export const CounterReturn = Type.Interface([OrderReturn], {
  orderId: Id,
  orderNumber: Type.String(),
  note: orNull(Type.String()),
  recipientName: Type.String(),
  isPrepaid: Type.Boolean(),
  /** The batches that may come back, with what the law leaves to choose for each. */
  batches: Type.Array(
    Type.Object({
      medicineId: Id,
      name: Type.String(),
      batchId: Id,
      batchNumber: Type.String(),
      expiry: Month,
      packs: Type.Integer(),
      /** Cold chain and Schedule H, H1 and X: destroyed, whatever it looks like. */
      mustBeDestroyed: Type.Boolean(),
    }),
  ),
})
export type CounterReturn = Static<typeof CounterReturn>

const Packs = Type.Integer({ minimum: 1, maximum: 99 })
const linesMax = 50

export const returns = {
  askReturn: endpoint({
    method: 'POST',
    path: '/orders/:id/returns',
    summary: 'Ask to give back chosen packs of a delivered order; a pharmacist looks at them first',
    tag: 'ordering',
    status: 201,
    permission: 'signed_in',
    ownership: 'person',
    audit: 'ordering.return_asked',
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        reason: oneOf(returnReasons),
        note: Type.Optional(Type.String({ maxLength: 300 })),
        lines: Type.Array(
          Type.Object({ medicineId: Id, packs: Packs }, { additionalProperties: false }),
          { minItems: 1, maxItems: linesMax },
        ),
      },
      { additionalProperties: false },
    ),
    reply: OrderReturn,
    refusals: [
      'malformed_request',
      'sign_in_needed',
      'not_found',
      'order_state_forbids',
      'return_window_over',
      'return_exceeds_sale',
      'return_state_forbids',
    ],
  }),
  withdrawReturn: endpoint({
    method: 'POST',
    path: '/orders/:id/returns/withdrawal',
    summary: 'Keep what was asked to be given back, as long as nobody decided about it',
    tag: 'ordering',
    status: 201,
    permission: 'signed_in',
    ownership: 'person',
    audit: 'ordering.return_withdrawn',
    params: Type.Object({ id: Id }),
    reply: Type.Object({ returns: Type.Array(OrderReturn) }),
    refusals: ['malformed_request', 'sign_in_needed', 'not_found', 'return_state_forbids'],
  }),
  listReturns: endpoint({
    method: 'GET',
    path: '/counter/returns',
    summary: 'Returns that customers asked for: those that wait first, then the newest decided',
    tag: 'ordering',
    status: 200,
    permission: 'payments.refund',
    ownership: 'none',
    audit: 'none',
    query: Type.Object({ state: Type.Optional(oneOf(returnStates)), limit: Limit }),
    reply: Type.Object({ items: Type.Array(CounterReturn) }),
    refusals: ['malformed_request', 'sign_in_needed', 'not_allowed'],
  }),
  decideReturn: endpoint({
    method: 'POST',
    path: '/counter/returns/:id/decision',
    summary:
      'Accept what came back, batch by batch, or decline: credit note, stock and refund in one act',
    tag: 'ordering',
    status: 201,
    permission: 'payments.refund',
    ownership: 'none',
    audit: 'ordering.return_decided',
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        /** None of them: declined. */
        lines: Type.Array(
          Type.Object(
            { medicineId: Id, batchId: Id, packs: Packs, fate: oneOf(returnFates) },
            { additionalProperties: false },
          ),
          { maxItems: linesMax },
        ),
        refundWay: oneOf(returnWays),
        /** Of a transfer by hand, as the bank names it. */
        reference: Type.Optional(Type.String({ minLength: 4, maxLength: 40 })),
        answer: Type.Optional(Type.String({ minLength: 3, maxLength: 300 })),
      },
      { additionalProperties: false },
    ),
    reply: CounterReturn,
    refusals: [
      'malformed_request',
      'sign_in_needed',
      'not_allowed',
      'not_found',
      'return_state_forbids',
      'return_exceeds_sale',
      'credit_exceeds_invoice',
      'reason_needed',
      'payment_not_captured',
      'refund_exceeds_payment',
      'drawer_not_open',
      'drawer_count_differs',
    ],
  }),
}

export const { askReturn, withdrawReturn, listReturns, decideReturn } = returns
