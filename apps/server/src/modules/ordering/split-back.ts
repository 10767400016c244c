import { sql } from 'kysely'
import { findIntents, findOrderCredit, requestRefund, returnCredit } from '#modules/payments'
import type { RefundReason } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { type BackBySource, backBySource } from './back-by-source.ts'
import type { LockedOrder } from './order-step.ts'

/** Parts what goes back of a locked order by what it was paid with, as `backBySource` says. */
export async function splitBack(
  tx: Tx,
  order: LockedOrder,
  amountPaise: number,
): Promise<BackBySource> {
  const credit = await findOrderCredit(tx, order.id)
  if (credit.standingPaise === 0) return { moneyPaise: amountPaise, creditPaise: 0 }
  return backBySource(amountPaise, {
    moneyLeftPaise: await moneyLeft(tx, order),
    creditLeftPaise: credit.standingPaise,
  })
}

async function moneyLeft(tx: Tx, order: LockedOrder): Promise<number> {
  if (order.paymentMethod === 'prepaid') {
    const intent = (await findIntents(tx, [order.id])).get(order.id)
    return intent ? intent.refundablePaise : 0
  }
  const { rows } = await sql<{ back: number }>`
    select coalesce(sum(refund_paise - credit_paise), 0)::bigint as back
    from ordering.return where order_id = ${order.id} and state = 'accepted'`.execute(tx)
  return order.totalPaise - order.creditPaise - (rows[0]?.back ?? 0)
}

/** Gives back what was paid in advance for a locked order above what it came to, by what it was paid with. */
export async function giveBackOverpaid(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  back: { amountPaise: number; reason: RefundReason; key: string },
): Promise<void> {
  const { moneyPaise, creditPaise } = await splitBack(tx, order, back.amountPaise)
  const { id: orderId, personId } = order
  if (moneyPaise > 0) {
    await requestRefund(tx, caller, { ...back, orderId, amountPaise: moneyPaise })
  }
  if (creditPaise > 0) {
    await returnCredit(tx, caller, { personId, orderId, amountPaise: creditPaise, key: back.key })
    await sql`
      update ordering.order set credit_paise = credit_paise - ${creditPaise}
      where id = ${orderId}`.execute(tx)
  }
}

/** A cash order that came to less than its store credit: the credit above it goes back, nothing is due at the door. */
export async function returnUnneededCredit(
  tx: Tx,
  caller: Caller,
  { id: orderId, personId, creditPaise, totalPaise }: LockedOrder,
): Promise<void> {
  const amountPaise = creditPaise - totalPaise
  if (amountPaise <= 0) return
  await returnCredit(tx, caller, { personId, orderId, amountPaise, key: `packed:${orderId}` })
  await sql`
    update ordering.order set credit_paise = ${totalPaise} where id = ${orderId}`.execute(tx)
}
