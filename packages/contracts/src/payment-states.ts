/**
 * The life of a payment as a table, shared by the server that decides and the screens that show. It only moves
 * forward: what a late, repeated or reordered message says is never a way back.
 *
 * | state         | entered when                                       | leaves to                            |
 * |---------------|----------------------------------------------------|--------------------------------------|
 * | created       | an order asks for money                            | failed, expired, authorised, captured |
 * | failed        | a try failed; the customer may try again           | expired, authorised, captured        |
 * | expired       | the time to pay is over, or the order was given up | authorised, captured (both late)     |
 * | authorised    | the bank holds the money for us                    | expired, captured                    |
 * | captured      | the money is ours                                  | part_refunded, refunded              |
 * | part_refunded | the bank has given a part back                     | refunded                             |
 * | refunded      | the bank has given everything back                 | (end)                                |
 */
export const intentStates = [
  'created',
  'failed',
  'expired',
  'authorised',
  'captured',
  'part_refunded',
  'refunded',
] as const
export type IntentState = (typeof intentStates)[number]

export const intentLeadsTo = {
  created: ['failed', 'expired', 'authorised', 'captured'],
  failed: ['expired', 'authorised', 'captured'],
  expired: ['authorised', 'captured'],
  authorised: ['expired', 'captured'],
  captured: ['part_refunded', 'refunded'],
  part_refunded: ['refunded'],
  refunded: [],
} as const satisfies Record<IntentState, readonly IntentState[]>

export function mayMoveIntent(from: IntentState, to: IntentState): boolean {
  const next: readonly IntentState[] = intentLeadsTo[from]
  return next.includes(to)
}

/** States in which a customer may (still) pay. */
export const payableStates = ['created', 'failed'] as const satisfies readonly IntentState[]

export function mayPay(state: IntentState): boolean {
  const payable: readonly IntentState[] = payableStates
  return payable.includes(state)
}

/**
 * The life of a refund. `failed` is not the end: the next try is another sending, and after the last one a person is
 * called.
 *
 * | state     | entered when                                          | leaves to        |
 * |-----------|-------------------------------------------------------|------------------|
 * | proposed  | staff ask for more than one may give alone            | asked, withdrawn |
 * | asked     | the refund is decided and waits to be sent            | sent, settled, failed |
 * | sent      | the gateway has taken it                              | settled, failed  |
 * | failed    | the bank gave it back                                 | asked, settled   |
 * | settled   | the money is on its way in the bank's books           | (end)            |
 * | withdrawn | the second person said no                             | (end)            |
 */
export const refundStates = ['proposed', 'asked', 'sent', 'failed', 'settled', 'withdrawn'] as const
export type RefundState = (typeof refundStates)[number]

export const refundLeadsTo = {
  proposed: ['asked', 'withdrawn'],
  asked: ['sent', 'settled', 'failed'],
  sent: ['settled', 'failed'],
  failed: ['asked', 'settled'],
  settled: [],
  withdrawn: [],
} as const satisfies Record<RefundState, readonly RefundState[]>

export function mayMoveRefund(from: RefundState, to: RefundState): boolean {
  const next: readonly RefundState[] = refundLeadsTo[from]
  return next.includes(to)
}

/** Why money goes back. `late_payment` and `paid_twice` are decided by the machinery itself. */
export const refundReasons = [
  'order_cancelled',
  'prescription_not_approved',
  'out_of_stock',
  'returned',
  'refused_at_door',
  'price_corrected',
  'goodwill',
  'late_payment',
  'paid_twice',
  'amount_differs',
  'given_at_gateway',
] as const
export type RefundReason = (typeof refundReasons)[number]

/** The reasons a person at the counter may choose. */
export const staffRefundReasons = [
  'order_cancelled',
  'out_of_stock',
  'returned',
  'refused_at_door',
  'price_corrected',
  'goodwill',
  'amount_differs',
] as const satisfies readonly RefundReason[]
