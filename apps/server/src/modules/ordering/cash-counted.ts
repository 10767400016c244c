import { collectAtDoor } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { LockedOrder } from './order-step.ts'

/** What is owed when the order is handed to the customer: what store credit did not pay, nothing when it was paid online. */
export function owedInCashPaise(
  order: Pick<LockedOrder, 'paymentMethod' | 'totalPaise' | 'creditPaise'>,
): number {
  return order.paymentMethod === 'prepaid' ? 0 : order.totalPaise - order.creditPaise
}

/** Takes the cash of an order that is handed over. Refuses what is not owed (`conflict`): too much is as wrong as too little. */
export async function takeCash(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  cashPaise: number,
): Promise<void> {
  if (owedInCashPaise(order) > 0) return collectAtDoor(tx, caller, { orderId: order.id, cashPaise })
  if (cashPaise === 0) return
  throw new Refusal('conflict', 'This order was paid online. Give the cash back.', {
    fields: [{ field: 'collectedPaise', message: 'is not what is owed' }],
  })
}
