import type { RefundReason } from '@janta/contracts'
import {
  closeIntent,
  findIntents,
  findOrderCredit,
  requestRefund,
  returnCredit,
} from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/**
 * Ends the asking for money of a locked order that is given up, and gives back whatever was paid online or with store
 * credit and did not go back yet. An order that was never paid is left alone; the same order twice gives nothing twice.
 */
export async function giveMoneyBack(
  tx: Tx,
  caller: Caller,
  { id: orderId, personId }: { id: string; personId: string },
  reason: RefundReason,
): Promise<void> {
  await closeIntent(tx, orderId)
  const { standingPaise } = await findOrderCredit(tx, orderId)
  if (standingPaise > 0) {
    const key = `given_up:${orderId}`
    await returnCredit(tx, caller, { personId, orderId, amountPaise: standingPaise, key })
  }
  const intent = (await findIntents(tx, [orderId])).get(orderId)
  const owedPaise = intent?.refundablePaise ?? 0
  if (owedPaise <= 0) return
  await requestRefund(tx, caller, {
    orderId,
    amountPaise: owedPaise,
    reason,
    key: `given_up:${orderId}`,
  })
}
