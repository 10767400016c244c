import { mayPay, type OrderPayment } from '@janta/contracts'
import { findIntents, type FoundRefund } from './find-intents.ts'
import { findIntentOfOrder, type Reader } from './intent-row.ts'
import { noPayment } from './begin-payment.ts'

/** What a person sees of her own order's money; refuses `not_found` for another person's. */
export async function showPayment(
  db: Reader,
  orderId: string,
  personId: string,
): Promise<OrderPayment> {
  const [intent, found] = await Promise.all([
    findIntentOfOrder(db, orderId, personId),
    findIntents(db, [orderId]),
  ])
  const shown = found.get(orderId)
  if (!intent || !shown) throw noPayment()
  const { intentId, state, amountPaise, capturedPaise, refundedPaise, expiresAt } = shown
  return {
    intentId,
    orderId,
    state,
    amountPaise,
    capturedPaise,
    refundedPaise,
    expiresAt: expiresAt.toISOString(),
    mayPay: mayPay(state) && !intent.isLate && intent.closedAt === null,
    // What staff only think of giving back is no promise yet.
    refunds: shown.refunds
      .filter(one => one.state !== 'proposed' && one.state !== 'withdrawn')
      .map(showRefund),
  }
}

export function showRefund(refund: FoundRefund): OrderPayment['refunds'][number] {
  const { refundId: id, amountPaise, reason, state, expectedBy, bankReference } = refund
  return {
    id,
    amountPaise,
    reason,
    state,
    askedAt: refund.askedAt.toISOString(),
    sentAt: refund.sentAt?.toISOString() ?? null,
    settledAt: refund.settledAt?.toISOString() ?? null,
    expectedBy,
    bankReference,
  }
}
