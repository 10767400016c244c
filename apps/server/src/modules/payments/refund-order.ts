import type { refundOrder as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockIntentOfOrder } from './intent-row.ts'
import { nothingPaid } from './request-refund.ts'
import { findSettings } from './settings.ts'
import { writeRefund } from './write-refund.ts'

type Wanted = RequestOf<typeof contract>['body'] & { orderId: string }

/**
 * Somebody at the counter gives money back. From the pharmacy's limit on, counting what staff gave of this order
 * before, it only proposes: another person looks. Refuses as `requestRefund` does.
 */
export async function refundOrder(
  database: Database,
  caller: Caller,
  key: string,
  wanted: Wanted,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `payments.refund:${caller.personId}`, key, request: wanted }, async () => {
      const { orderId, amountPaise, reason, note } = wanted
      const intent = await lockIntentOfOrder(tx, orderId)
      if (!intent?.paidBy) throw nothingPaid()
      const { secondLookFromPaise } = await findSettings(tx)
      const before = await staffRefunded(tx, intent.id)
      return await writeRefund(tx, caller, {
        intentId: intent.id,
        paymentId: intent.paidBy,
        amountPaise,
        reason,
        key: `desk:${key}`,
        note,
        isProposed: before + amountPaise >= secondLookFromPaise,
      })
    }),
  )
}

/** Many small refunds are one large one: what people gave of this order without a second look. */
async function staffRefunded(tx: Tx, intentId: string): Promise<number> {
  const { rows } = await sql<{ paise: number }>`
    select coalesce(sum(amount_paise), 0)::bigint as paise from payments.refund
    where intent_id = ${intentId} and key like 'desk:%' and decided_by is null
      and state <> 'withdrawn'`.execute(tx)
  return rows[0]?.paise ?? 0
}
