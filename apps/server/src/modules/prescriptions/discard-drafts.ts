import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/** Removes the draft prescriptions of a review, and the links of its lines to them. The caller holds the review. */
export async function discardDrafts(tx: Tx, reviewId: string): Promise<void> {
  await sql`
    update prescriptions.review_line set item_id = null
    where review_id = ${reviewId} and item_id in (
      select item.id from prescriptions.prescription_item as item
      join prescriptions.prescription on prescription.id = item.prescription_id
      where prescription.review_id = ${reviewId} and prescription.state = 'draft')`.execute(tx)
  await sql`
    delete from prescriptions.prescription_item as item using prescriptions.prescription
    where prescription.id = item.prescription_id and prescription.review_id = ${reviewId}
      and prescription.state = 'draft'`.execute(tx)
  await sql`
    delete from prescriptions.prescription where review_id = ${reviewId} and state = 'draft'`.execute(
    tx,
  )
}
