import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { findRefundable } from './find-refundable.ts'
import { lockIntentOfOrder } from './intent-row.ts'
import { type CreditMove, giveCredit } from './move-credit.ts'
import { exceedsPayment } from './write-refund.ts'

/**
 * Keeps money of a locked order as store credit instead of paying it back to its source. What was paid online is given
 * back once: all refunds and all credit of it together are never more than was captured; refuses
 * `refund_exceeds_payment`. The intent is locked as by every refund, so two ways back at once cannot both have the rest.
 */
export async function keepAsCredit(tx: Tx, caller: Caller, kept: CreditMove): Promise<void> {
  const intent = await lockIntentOfOrder(tx, kept.orderId)
  if (intent?.paidBy && (await findRefundable(tx, intent.paidBy)) < kept.amountPaise) {
    throw exceedsPayment()
  }
  await giveCredit(tx, caller, 'refunded', kept)
}
