import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { settleRefund } from './apply-refund.ts'
import { lockWithIntent, refundDecided } from './decide-refund.ts'
import { lockIntent } from './intent-row.ts'
import { lockPayment } from './payment-row.ts'
import { noteRefund } from './refund-row.ts'

/**
 * A refund the bank gave back: asked of the gateway once more under a new key, or settled by a transfer somebody made
 * by hand, with its number. Refuses `refund_state_forbids` for any other. Answers the order's id.
 */
export async function mendRefund(
  database: Database,
  caller: Caller,
  { id, bankReference }: { id: string; bankReference?: string | undefined },
): Promise<string> {
  const mended = await inTransaction(database, caller, async tx => {
    const { refund, orderId } = await lockWithIntent(tx, id)
    if (refund.state !== 'failed') throw refundDecided()
    if (bankReference === undefined) {
      await sql`
        update payments.refund set state = 'asked', tries = tries + 1, gateway_refund_id = null, failed_at = null,
          alarmed_at = null
        where id = ${id}`.execute(tx)
      await noteRefund(tx, id, { state: 'asked', actorId: caller.personId })
      await emit(tx, caller, 'payments.refund_asked', { refundId: id })
      return { id, orderId }
    }
    await sql`
      update payments.refund set state = 'settled', settled_at = kernel.now(), bank_reference = ${bankReference},
        decided_by = ${caller.personId}::uuid
      where id = ${id}`.execute(tx)
    await noteRefund(tx, id, { state: 'settled', note: 'by hand', actorId: caller.personId })
    const [intent, payment] = [
      await lockIntent(tx, refund.intentId),
      await lockPayment(tx, refund.paymentId),
    ]
    assert(intent && payment, 'a refund has its intent and its payment')
    await settleRefund(tx, caller, { intent, payment, refund })
    return { id, orderId }
  })
  return mended.orderId
}
