import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockIntent } from './intent-row.ts'
import { lockPayment } from './payment-row.ts'
import { writeRefund } from './write-refund.ts'

/**
 * Sends back what is left of a payment that was held for not being what the order asked for, and releases it. Refuses
 * `refund_state_forbids` for one that is not held, or pays its order. Answers the order's id.
 */
export async function returnHeldPayment(
  database: Database,
  caller: Caller,
  paymentId: string,
): Promise<string> {
  const returned = await inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ intentId: string }>`
      select intent_id as "intentId" from payments.payment where id = ${paymentId}`.execute(tx)
    const intent = rows[0] && (await lockIntent(tx, rows[0].intentId))
    const payment = intent && (await lockPayment(tx, paymentId))
    if (!payment) throw new Refusal('not_found', 'There is no such payment. Look at the order.')
    const leftPaise = payment.capturedPaise - payment.promisedPaise
    if (payment.heldReason === null || intent.paidBy === paymentId || leftPaise === 0) {
      throw new Refusal(
        'refund_state_forbids',
        'Nothing of this payment waits to go back. Look at the order again.',
      )
    }
    await writeRefund(tx, caller, {
      intentId: intent.id,
      paymentId,
      amountPaise: leftPaise,
      reason: 'amount_differs',
      key: `held:${paymentId}`,
    })
    await sql`
      update payments.payment set released_at = kernel.now(), released_by = ${caller.personId}::uuid
      where id = ${paymentId}`.execute(tx)
    return { id: intent.orderId }
  })
  return returned.id
}
