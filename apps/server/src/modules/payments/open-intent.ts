import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { lockIntentOfOrder } from './intent-row.ts'

/** The gateway takes no payment below one rupee (domain 6.2). */
export const amountLeastPaise = 100

export interface IntentToOpen {
  readonly orderId: string
  readonly personId: string
  readonly amountPaise: number
  /** Until then the customer may pay; normally when the order's stock hold ends. */
  readonly expiresAt: Date
}

/**
 * Asks for the money of an order, in the caller's transaction and without the network: the gateway hears of it when
 * the customer goes to pay (`beginPayment`). One intent an order: opened again with the same amount it is the same,
 * with another amount refused (`conflict`). Refuses `payment_amount_invalid` below one rupee.
 *
 * From now on: `payments.captured {orderId, intentId, amountPaise, late}` at most once; `payments.failed {orderId,
 * intentId, isFinal}` when a try failed (`isFinal: false`, the customer may try again) and when the time to pay ended
 * (`isFinal: true`). `late: true` says the money came after `expiresAt`: reserve again, or `requestRefund` all of it.
 */
export async function openIntent(
  tx: Tx,
  _caller: Caller,
  intent: IntentToOpen,
): Promise<{ intentId: string }> {
  if (intent.amountPaise < amountLeastPaise) {
    throw new Refusal(
      'payment_amount_invalid',
      'Online payment starts at one rupee. Choose cash on delivery for this order.',
    )
  }
  const id = newId()
  const { rows } = await sql`
    insert into payments.intent (id, order_id, person_id, amount_paise, expires_at)
    values (${id}, ${intent.orderId}, ${intent.personId}, ${intent.amountPaise}, ${intent.expiresAt})
    on conflict (order_id) do nothing returning id`.execute(tx)
  if (rows.length === 1) return { intentId: id }
  const before = await lockIntentOfOrder(tx, intent.orderId)
  if (before?.personId === intent.personId && before.amountPaise === intent.amountPaise) {
    return { intentId: before.id }
  }
  throw new Refusal(
    'conflict',
    'This order already asks for another amount. Reload the order and look again.',
  )
}
