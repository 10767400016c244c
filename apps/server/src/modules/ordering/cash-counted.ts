import { Refusal } from '#kernel/refusal'
import type { LockedOrder } from './order-step.ts'
import { rupees } from './order-total.ts'

/** What is owed in cash when the order is handed to the customer: all of it, or nothing when it was paid online. */
export function owedInCashPaise(order: Pick<LockedOrder, 'paymentMethod' | 'totalPaise'>): number {
  return order.paymentMethod === 'prepaid' ? 0 : order.totalPaise
}

/** Refuses cash that is not what is owed (`conflict`): too much is as wrong as too little. */
export function assertCashCounted(
  order: Pick<LockedOrder, 'paymentMethod' | 'totalPaise'>,
  collectedPaise: number,
): void {
  const owed = owedInCashPaise(order)
  if (collectedPaise === owed) return
  const sentence =
    owed === 0
      ? 'This order was paid online. Give the cash back.'
      : `The order comes to ${rupees(owed)}, not ${rupees(collectedPaise)}. Count the cash again, or take the order back.`
  throw new Refusal('conflict', sentence, {
    fields: [{ field: 'collectedPaise', message: 'is not what is owed' }],
  })
}
