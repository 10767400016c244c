import { mayPay } from '@janta/contracts'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { type Gateway, GatewayAway, GatewayRefused } from './gateway.ts'
import { findIntentOfOrder, type Intent, lockIntent } from './intent-row.ts'

/**
 * The customer goes to pay: makes the gateway's order where there is none yet, and answers its id. Three steps that
 * may each be the last of this process: say that we ask, ask, write the answer down. An answer that was lost is found
 * by our receipt. Two windows at once end with one order written down; the other's is never shown. Refuses
 * `not_found` to strangers `payment_unavailable` while the bank does not answer,
 * and `payment_state_forbids` once it is paid, too late or given up.
 */
export async function beginPayment(
  database: Database,
  gateway: Gateway,
  caller: Caller,
  orderId: string,
): Promise<Intent & { gatewayOrderId: string }> {
  assert(caller.personId, 'only a signed-in person pays for an order')
  const intent = await findIntentOfOrder(database.db, orderId, caller.personId)
  if (!intent) throw noPayment()
  assertPayable(intent)
  if (intent.gatewayOrderId) return { ...intent, gatewayOrderId: intent.gatewayOrderId }
  const { wasAsked } = await inTransaction(database, caller, async tx => {
    const now = await lockIntent(tx, intent.id)
    assert(now, 'an intent is never deleted')
    assertPayable(now)
    await sql`
      update payments.intent set gateway_asked_at = coalesce(gateway_asked_at, kernel.now())
      where id = ${now.id}`.execute(tx)
    return { id: now.id, wasAsked: now.gatewayAskedAt !== null }
  })
  const made = await findOrMakeOrder(gateway, intent, wasAsked).catch(sayBankAway)
  const gatewayOrderId = await inTransaction(database, { ...caller, audit: null }, async tx => {
    const { rows } = await sql<{ id: string }>`
      update payments.intent set gateway_order_id = coalesce(gateway_order_id, ${made})
      where id = ${intent.id} returning gateway_order_id as id`.execute(tx)
    assert(rows[0], 'an intent is never deleted')
    return rows[0].id
  })
  return { ...intent, gatewayOrderId }
}

async function findOrMakeOrder(gateway: Gateway, intent: Intent, wasAsked: boolean) {
  const receipt = intent.id
  const found = wasAsked ? await gateway.findOrder(receipt) : undefined
  if (found) return found
  try {
    return await gateway.createOrder({ amountPaise: intent.amountPaise, receipt })
  } catch (error) {
    // The receipt is taken: another window of the same person was quicker.
    const other = error instanceof GatewayRefused ? await gateway.findOrder(receipt) : undefined
    if (other) return other
    throw error
  }
}

const retryAfterSeconds = 60

/** A bank that is down is no fault of ours or hers: she is told what waits, and that cash is another way. */
function sayBankAway(error: unknown): never {
  if (!(error instanceof GatewayAway)) throw error
  throw new Refusal(
    'payment_unavailable',
    'The bank does not answer just now. Your order waits and nothing was taken: try again in some minutes, or cancel it and order with cash on delivery.',
    { retryAfterSeconds },
  )
}

export const noPayment = (): Refusal =>
  new Refusal('not_found', 'There is nothing to pay for this order. Look under My orders.')

function assertPayable(intent: Intent): void {
  if (intent.paidBy !== null || intent.state === 'authorised') {
    throw new Refusal(
      'payment_state_forbids',
      'This order is paid. Look under My orders; nothing more is due.',
    )
  }
  if (mayPay(intent.state) && intent.closedAt === null && !intent.isLate) return
  throw new Refusal(
    'payment_state_forbids',
    'The time to pay for this order is over. Order again; what you paid meanwhile comes back by itself.',
  )
}
