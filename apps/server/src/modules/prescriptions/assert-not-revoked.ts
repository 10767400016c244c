import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/**
 * Refuses `prescription_revoked` when something packed for this order rests on a prescription that was found misread
 * since: the strips in the packet may be the wrong ones. Locks the prescriptions shared until `tx` ends.
 */
export async function assertNotRevoked(tx: Tx, orderId: string): Promise<void> {
  const { rows } = await sql<{ state: string }>`
    select state from prescriptions.prescription where id in (
      select item.prescription_id from prescriptions.review
      join prescriptions.review_line as line on line.review_id = review.id
      join prescriptions.prescription_item as item on item.id = line.item_id
      where review.order_id = ${orderId})
    order by id for share`.execute(tx)
  if (rows.every(row => row.state !== 'revoked')) return
  throw new Refusal(
    'prescription_revoked',
    'The prescription this packet was packed on was revoked. Keep the packet here and cancel the order; it can be ordered again on the paper as it is read now.',
  )
}
