import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { assertRegisteredOnDuty } from '#modules/identity'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { claimMinutes } from './lock-review.ts'

/**
 * Revokes an approved prescription; what was supplied on it stays on record and counts against whatever replaces it.
 * Its review opens again in the caller's hands, so that the paper is read anew, as do reviews of other orders that
 * rested on it and were not supplied. Refuses `not_found`, `prescription_revoked`, and as `assertRegisteredOnDuty`.
 * After the first dispensing nothing of a prescription changes (rule 65(11)): this is how a mistake is mended.
 */
export async function revokePrescription(
  database: Database,
  caller: Caller,
  revoking: { readonly id: string; readonly reason: string },
): Promise<{ id: string; reviewId: string }> {
  assert(caller.personId, 'a person revokes')
  const { personId } = caller
  return inTransaction(database, caller, async tx => {
    const { reviewId, storeId } = await findRevocable(tx, revoking.id)
    await assertRegisteredOnDuty(tx, caller, storeId)
    const reopened = await reopenReviews(tx, revoking.id, reviewId)
    await sql`
      select id from prescriptions.prescription_item where prescription_id = ${revoking.id} order by id for update`.execute(
      tx,
    )
    const { rows } = await sql`
      update prescriptions.prescription
      set state = 'revoked', revoked_by = ${personId}, revoked_at = kernel.now(), revoke_reason = ${revoking.reason.trim()}
      where id = ${revoking.id} and state = 'approved' returning id`.execute(tx)
    if (rows.length === 0) {
      throw new Refusal('prescription_revoked', 'This prescription was revoked already.')
    }
    await sql`
      update prescriptions.review
      set claimed_by = ${personId}, claimed_until = kernel.now() + make_interval(mins => ${claimMinutes})
      where id = ${reviewId} and state = 'open'`.execute(tx)
    const news = { prescriptionId: revoking.id, orderIds: reopened }
    await emit(tx, caller, 'prescriptions.prescription_revoked', news)
    return { id: revoking.id, reviewId }
  })
}

async function findRevocable(tx: Tx, id: string) {
  const { rows } = await sql<{ reviewId: string; storeId: string; state: string }>`
    select review_id as "reviewId", store_id as "storeId", state from prescriptions.prescription
    where id = ${id} and state <> 'draft'`.execute(tx)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such approved prescription.')
  return found
}

/**
 * Opens the decided reviews whose lines rest on it, the lines not yet supplied to be judged anew. The review the paper
 * was read at opens in any case. Answers their orders.
 */
async function reopenReviews(
  tx: Tx,
  prescriptionId: string,
  ownReviewId: string,
): Promise<string[]> {
  await sql`
    select id from prescriptions.review where id = ${ownReviewId} or id in (
      select line.review_id from prescriptions.review_line as line
      join prescriptions.prescription_item as item on item.id = line.item_id
      where item.prescription_id = ${prescriptionId})
    order by id for update`.execute(tx)
  const { rows } = await sql<{ orderId: string }>`
    with unsupplied as (
      update prescriptions.review_line as line
      set verdict = null, approved_packs = null, approved_units = null, code = null, item_id = null
      from prescriptions.prescription_item as item, prescriptions.review
      where item.id = line.item_id and item.prescription_id = ${prescriptionId} and review.id = line.review_id
        and not exists (
          select from prescriptions.item_use as use where use.item_id = item.id and use.order_id = review.order_id)
      returning line.review_id
    )
    update prescriptions.review
    set state = 'open', decided_at = null, decided_by = null, version = version + 1
    where state = 'decided' and (id = ${ownReviewId} or id in (select review_id from unsupplied))
    returning order_id as "orderId"`.execute(tx)
  return rows.map(row => row.orderId).sort()
}
