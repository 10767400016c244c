import type { Caller } from '#kernel/caller'
import { divideDown } from '#kernel/money'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findOrderCredit } from './find-credit.ts'
import { type CreditMove, giveCredit } from './move-credit.ts'
import { findSettings } from './settings.ts'

/**
 * Gives store credit for something that went wrong with a locked order. All of it together stays below the amount from
 * which a refund needs a second person; refuses `credit_over_limit`.
 */
export async function giveGoodwillCredit(
  tx: Tx,
  caller: Caller,
  given: CreditMove & { note: string },
): Promise<void> {
  const [{ secondLookFromPaise }, before] = await Promise.all([
    findSettings(tx),
    findOrderCredit(tx, given.orderId),
  ])
  if (before.goodwillPaise + given.amountPaise >= secondLookFromPaise) {
    throw new Refusal(
      'credit_over_limit',
      `Store credit as a present stays below ₹${divideDown(secondLookFromPaise, 100)} an order. Give less, or refund the payment, which another person looks at.`,
      { values: { limitPaise: secondLookFromPaise } },
    )
  }
  await giveCredit(tx, caller, 'goodwill', given)
}
