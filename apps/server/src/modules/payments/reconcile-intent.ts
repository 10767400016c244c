import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { applyRefund } from './apply-refund.ts'
import { applySnapshot, type Teller } from './apply-snapshot.ts'
import type { Gateway, PaymentSnapshot } from './gateway.ts'
import { findIntent, type Intent } from './intent-row.ts'

const caller = systemCaller('payments.reconcile')

/**
 * Asks the gateway what it knows of one intent and takes its word: what webhooks lost is found here. An authorised
 * payment that is still wanted is captured; one that is not is left to be voided by the gateway.
 */
export async function reconcileIntent(
  database: Database,
  gateway: Gateway,
  intentId: string,
): Promise<void> {
  const intent = await findIntent(database.db, intentId)
  if (!intent?.gatewayOrderId) return
  const payments = await gateway.fetchPaymentsOf(intent.gatewayOrderId)
  await take(database, payments, 'reconciler')
  const wanted = await findToCapture(database, intent, payments)
  if (wanted)
    await take(database, [await gateway.capture(wanted.id, wanted.amountPaise)], 'capture')
  await takeRefunds(database, gateway, payments)
  await inTransaction(database, caller, async tx => {
    await sql`
      update payments.intent set looked_at = kernel.now() where id = ${intentId}`.execute(tx)
  })
}

async function take(database: Database, payments: readonly PaymentSnapshot[], toldBy: Teller) {
  for (const snapshot of payments) {
    await inTransaction(database, caller, tx => applySnapshot(tx, caller, snapshot, toldBy))
  }
}

/** The first authorised payment of the right amount, while the order still wants its money. */
async function findToCapture(
  database: Database,
  { id }: Intent,
  payments: readonly PaymentSnapshot[],
): Promise<PaymentSnapshot | undefined> {
  const intent = await findIntent(database.db, id)
  if (!intent || intent.paidBy !== null || intent.closedAt !== null) return undefined
  return payments.find(
    one =>
      one.state === 'authorised' &&
      one.currency === 'INR' &&
      one.amountPaise === intent.amountPaise,
  )
}

async function takeRefunds(
  database: Database,
  gateway: Gateway,
  payments: readonly PaymentSnapshot[],
): Promise<void> {
  for (const payment of payments) {
    if (payment.state !== 'captured') continue
    for (const refund of await gateway.fetchRefundsOf(payment.id)) {
      await inTransaction(database, caller, tx => applyRefund(tx, caller, refund))
    }
  }
}
