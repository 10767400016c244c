import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openIntent } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/** Asks for what store credit does not pay of an order as it stands now, until its hold ends. Refuses as `openIntent`. */
export async function askForMoney(tx: Tx, caller: Caller, orderId: string): Promise<void> {
  const { rows } = await sql<{ personId: string; amountPaise: number; expiresAt: Date }>`
    select person_id as "personId", total_paise - credit_paise as "amountPaise", held_until as "expiresAt"
    from ordering.order where id = ${orderId}`.execute(tx)
  const [order] = rows
  assert(order, 'money is asked for an order that was written')
  await openIntent(tx, caller, { orderId, ...order })
}
