import assert from 'node:assert/strict'
import { reviewLinesMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findPatient } from './find-patients.ts'
import { findStoreRule } from './find-store-rule.ts'
import type { Lane } from './prescription-window.ts'
import { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'

/** An order's lines that need a prescription, and the files the customer rests them on. */
export interface NewReview {
  readonly orderId: string
  readonly personId: string
  readonly storeId: string
  readonly patientId: string | null
  readonly uploadIds: readonly string[]
  readonly lane: Lane
  readonly lines: readonly {
    readonly line: number
    readonly packId: string
    readonly packs: number
  }[]
  /** As the order prints them; the desk shows the number and offers the address where the paper has none. */
  readonly orderNumber?: string
  readonly customer?: { readonly name: string; readonly address: string }
}

/**
 * Puts an order before the pharmacist. One review an order: asked again it is the same one. Refuses `not_found` for a
 * file or a patient of somebody else, `upload_not_ready`, and `prescription_needed` without any file when nothing was
 * approved for this person before.
 */
export async function openReview(
  tx: Tx,
  caller: Caller,
  review: NewReview,
): Promise<{ reviewId: string }> {
  const { orderId, personId, lines, uploadIds } = review
  assert(lines.length > 0 && lines.length <= reviewLinesMax, 'a review has lines, not too many')
  await assertUploadsReady(tx, personId, uploadIds)
  if (uploadIds.length === 0) await assertApprovedBefore(tx, personId)
  if (review.patientId && !(await findPatient(tx, personId, review.patientId))) {
    throw new Refusal('not_found', 'There is no such person in this account. Choose one of yours.')
  }
  const packs = await findPacks(
    tx,
    lines.map(line => line.packId),
  )
  const schemes = [...new Set([...packs.values()].flatMap(pack => pack.schedules))].sort()
  const { targetMinutes } = await findStoreRule(tx, review.storeId)
  const { rows } = await sql<{ id: string }>`
    insert into prescriptions.review (id, order_id, order_number, person_id, store_id, patient_id, customer_name,
      customer_address, lane, schemes, line_count, due_at)
    values (${newId()}, ${orderId}, ${review.orderNumber ?? null}, ${personId}, ${review.storeId},
      ${review.patientId}, ${review.customer?.name ?? null}, ${review.customer?.address ?? null}, ${review.lane},
      ${schemes}::text[], ${lines.length}, kernel.now() + make_interval(mins => ${targetMinutes}))
    on conflict (order_id) do nothing returning id`.execute(tx)
  const [opened] = rows
  if (!opened) return findOpened(tx, orderId)
  await sql`
    insert into prescriptions.review_line (review_id, line, pack_id, asked_packs)
    select ${opened.id}::uuid, line, pack_id, packs
    from unnest(${lines.map(one => one.line)}::integer[], ${lines.map(one => one.packId)}::uuid[],
      ${lines.map(one => one.packs)}::integer[]) as asked (line, pack_id, packs)`.execute(tx)
  await sql`
    insert into prescriptions.review_upload (review_id, upload_id, position)
    select ${opened.id}::uuid, upload_id, position
    from unnest(${[...new Set(uploadIds)]}::uuid[]) with ordinality as sent (upload_id, position)`.execute(
    tx,
  )
  await keepUsedUploads(tx, uploadIds)
  await emit(tx, caller, 'prescriptions.review_opened', { orderId, reviewId: opened.id })
  return { reviewId: opened.id }
}

async function findOpened(tx: Tx, orderId: string): Promise<{ reviewId: string }> {
  const { rows } = await sql<{ reviewId: string }>`
    select id as "reviewId" from prescriptions.review where order_id = ${orderId}`.execute(tx)
  assert(rows[0], 'the review that stood in the way is there')
  return rows[0]
}

async function assertApprovedBefore(tx: Tx, personId: string): Promise<void> {
  const { rows } = await sql`
    select id from prescriptions.prescription
    where person_id = ${personId} and state = 'approved' limit 1`.execute(tx)
  if (rows.length > 0) return
  throw new Refusal(
    'prescription_needed',
    'Some of these medicines need a prescription. Send a photo or a PDF of it with the order.',
  )
}
