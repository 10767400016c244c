import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import type { Tx } from '#kernel/transaction'
import { discardDrafts } from './discard-drafts.ts'

/**
 * Takes an order's review off the desk, because the order was cancelled. What was approved stays approved and may serve
 * another order; drafts are discarded. An order without a review, or one withdrawn before, is left alone.
 */
export async function withdrawReview(tx: Tx, caller: Caller, orderId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update prescriptions.review
    set state = 'withdrawn', claimed_by = null, claimed_until = null, version = version + 1
    where order_id = ${orderId} and state <> 'withdrawn' returning id`.execute(tx)
  const [review] = rows
  if (!review) return
  await discardDrafts(tx, review.id)
  await emit(tx, caller, 'prescriptions.review_withdrawn', { orderId, reviewId: review.id })
}
