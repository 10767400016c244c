import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findStoreRule } from './find-store-rule.ts'
import { reviewFilesMax } from './upload-limits.ts'
import { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'

/** A question that asks for a photo is answered by one. */
const answerByFile = 'Sent another file. / दूसरी फ़ाइल भेजी।'

interface MoreFiles {
  readonly orderId: string
  readonly personId: string
  readonly uploadIds: readonly string[]
  /** A settled review opens again for the lines that were not approved in full; what was approved stays approved. */
  readonly mayReopen: boolean
}

/**
 * Lays further files before the pharmacist of an order. `settled` when she decided already and the review may not open
 * again: then nothing is changed. Sending the same files twice is sending them once. Refuses as `assertUploadsReady`,
 * and `upload_limit_reached` beyond what one review takes.
 */
export async function addToReview(
  tx: Tx,
  caller: Caller,
  { orderId, personId, uploadIds, mayReopen }: MoreFiles,
): Promise<'added' | 'settled'> {
  const { rows } = await sql<{ id: string; state: string; storeId: string }>`
    select id, state, store_id as "storeId" from prescriptions.review
    where order_id = ${orderId} and person_id = ${personId} for update`.execute(tx)
  const [review] = rows
  assert(review && review.state !== 'withdrawn', 'an order that waits has a review')
  if (review.state === 'decided' && !mayReopen) return 'settled'
  await assertUploadsReady(tx, personId, uploadIds)
  await addFiles(tx, review.id, uploadIds)
  await keepUsedUploads(tx, uploadIds)
  if (review.state === 'decided') await reopen(tx, review)
  else await answerByFiles(tx, review.id)
  await emit(tx, caller, 'prescriptions.files_added', { orderId, reviewId: review.id })
  return 'added'
}

async function addFiles(tx: Tx, reviewId: string, uploadIds: readonly string[]): Promise<void> {
  await sql`
    insert into prescriptions.review_upload (review_id, upload_id, position)
    select ${reviewId}::uuid, upload_id, position + (
      select coalesce(max(position), 0) from prescriptions.review_upload where review_id = ${reviewId})
    from unnest(${[...new Set(uploadIds)]}::uuid[]) with ordinality as sent (upload_id, position)
    on conflict (review_id, upload_id) do nothing`.execute(tx)
  const { rows } = await sql<{ files: number }>`
    select count(*)::integer as files from prescriptions.review_upload where review_id = ${reviewId}`.execute(
    tx,
  )
  if (rows[0]!.files <= reviewFilesMax) return
  throw new Refusal(
    'upload_limit_reached',
    `One order rests on at most ${reviewFilesMax} files. Call the pharmacy if that is not enough.`,
  )
}

async function reopen(tx: Tx, review: { id: string; storeId: string }): Promise<void> {
  const { targetMinutes } = await findStoreRule(tx, review.storeId)
  await sql`
    update prescriptions.review_line set verdict = null, approved_packs = null, approved_units = null, code = null, note = null
    where review_id = ${review.id} and verdict <> 'approved'`.execute(tx)
  await sql`
    update prescriptions.review
    set state = 'open', decided_at = null, decided_by = null, opened_at = kernel.now(),
      due_at = kernel.now() + make_interval(mins => ${targetMinutes}), version = version + 1
    where id = ${review.id}`.execute(tx)
}

/** Once nothing is left to answer the review waits for a pharmacist again. */
async function answerByFiles(tx: Tx, reviewId: string): Promise<void> {
  await sql`
    update prescriptions.review_question set answer = ${answerByFile}, answered_at = kernel.now()
    where review_id = ${reviewId} and code = 'clearer_photo' and answer is null`.execute(tx)
  await sql`
    update prescriptions.review
    set version = version + 1, state = case when exists (
      select from prescriptions.review_question where review_id = ${reviewId} and answer is null)
      then state else 'open' end
    where id = ${reviewId}`.execute(tx)
}
