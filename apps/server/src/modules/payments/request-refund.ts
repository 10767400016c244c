import type { RefundReason } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { lockIntentOfOrder } from './intent-row.ts'
import { writeRefund } from './write-refund.ts'

export interface RefundWanted {
  readonly orderId: string
  readonly amountPaise: number
  readonly reason: RefundReason
  /** Names the cause, such as `cancel:<order id>` or `return:<id>`: the same cause never pays twice. */
  readonly key: string
}

/**
 * Gives money back to where it came from. Written in the caller's transaction, sent by a job after the commit, tried
 * again when the bank refuses, and told by `payments.refund_settled {orderId, refundId, amountPaise}` when the bank
 * has it. Refuses `payment_not_captured` when nothing was paid, `refund_exceeds_payment` when all refunds together
 * would be more than was paid, `conflict` for the same key with another amount.
 */
export async function requestRefund(
  tx: Tx,
  caller: Caller,
  wanted: RefundWanted,
): Promise<{ refundId: string }> {
  const { orderId, amountPaise, reason, key } = wanted
  const intent = await lockIntentOfOrder(tx, orderId)
  if (!intent?.paidBy) throw nothingPaid()
  const { id } = await writeRefund(tx, caller, {
    intentId: intent.id,
    paymentId: intent.paidBy,
    amountPaise,
    reason,
    key,
  })
  return { refundId: id }
}

export const nothingPaid = (): Refusal =>
  new Refusal(
    'payment_not_captured',
    'Nothing was paid online for this order, so nothing can be given back this way.',
  )
