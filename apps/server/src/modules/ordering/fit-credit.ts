import { payWithCredit } from '@janta/contracts'
import { sql } from 'kysely'
import { returnCredit } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import type { LockedOrder } from './order-step.ts'

/**
 * A locked order came to less than it was placed for, before any other payment: store credit it does not need any more
 * goes back, and one that credit covers wholly has nothing to pay by another way.
 */
export async function fitCredit(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  cause: string,
): Promise<LockedOrder> {
  if (order.creditPaise === 0) return order
  const { creditPaise, paymentMethod } = payWithCredit({
    totalPaise: order.totalPaise,
    offeredPaise: order.creditPaise,
    paymentMethod: order.paymentMethod,
  })
  const amountPaise = order.creditPaise - creditPaise
  if (amountPaise > 0) {
    const { id: orderId, personId } = order
    const key = `${cause}:${orderId}`
    await returnCredit(tx, caller, { personId, orderId, amountPaise, key })
  }
  await sql`
    update ordering.order set credit_paise = ${creditPaise}, payment_method = ${paymentMethod}
    where id = ${order.id}`.execute(tx)
  return { ...order, creditPaise, paymentMethod }
}
