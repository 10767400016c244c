import type { RefundReason } from '@janta/contracts'
import { closeIntent, findIntents, requestRefund } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/**
 * Ends the asking for money of an order that is given up, and gives back whatever was paid online and not yet promised
 * back. An order that was never paid online is left alone; the same order twice gives nothing twice.
 */
export async function giveMoneyBack(
  tx: Tx,
  caller: Caller,
  orderId: string,
  reason: RefundReason,
): Promise<void> {
  await closeIntent(tx, orderId)
  const intent = (await findIntents(tx, [orderId])).get(orderId)
  const owedPaise = intent ? intent.capturedPaise - intent.promisedPaise : 0
  if (owedPaise <= 0) return
  await requestRefund(tx, caller, {
    orderId,
    amountPaise: owedPaise,
    reason,
    key: `given_up:${orderId}`,
  })
}
