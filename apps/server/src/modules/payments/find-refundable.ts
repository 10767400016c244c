import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/**
 * What may still go back of a payment whose intent is locked, in paise: captured, and neither promised back nor kept as
 * store credit of its order. What became credit instead of going back to its source counts as given back.
 */
export async function findRefundable(tx: Tx, paymentId: string): Promise<number> {
  const { rows } = await sql<{ paise: number }>`
    select captured_paise - promised_paise - coalesce((
      select sum(entry.amount_paise) from payments.intent
      join payments.credit_entry as entry on entry.order_id = intent.order_id and entry.kind = 'refunded'
      where intent.paid_by = payment.id), 0)::bigint as paise
    from payments.payment where id = ${paymentId}`.execute(tx)
  return rows[0]?.paise ?? 0
}
