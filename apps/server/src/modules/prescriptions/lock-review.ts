import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

export interface LockedReview {
  readonly id: string
  readonly orderId: string
  readonly personId: string
  readonly storeId: string
  readonly state: 'open' | 'needs_info' | 'decided' | 'withdrawn'
  readonly version: number
  /** The claim as it is now: a lapsed one is nobody's. */
  readonly claimedBy: string | null
}

export const claimMinutes = 15

export const reviewNotFound = () =>
  new Refusal('not_found', 'There is no such review. Look it up in the queue.')

/** Keeps a review for this transaction; refuses `not_found`. */
export async function lockReview(tx: Tx, id: string): Promise<LockedReview> {
  const { rows } = await sql<LockedReview>`
    select id, order_id as "orderId", person_id as "personId", store_id as "storeId", state, version,
      case when claimed_until > kernel.now() then claimed_by end as "claimedBy"
    from prescriptions.review where id = ${id} for update`.execute(tx)
  const [found] = rows
  if (!found) throw reviewNotFound()
  return found
}

/**
 * Keeps a review the caller works on, and pushes her claim out. Refuses `review_claimed` when another took it over or
 * her claim lapsed, `review_state_forbids` when it is settled or withdrawn, `review_changed` for another version.
 */
export async function lockClaimed(
  tx: Tx,
  caller: Caller,
  wanted: { readonly id: string; readonly version?: number },
): Promise<LockedReview> {
  assert(caller.personId, 'a person works at the desk')
  const review = await lockReview(tx, wanted.id)
  assertOpen(review)
  if (review.claimedBy !== caller.personId) {
    throw new Refusal(
      'review_claimed',
      review.claimedBy === null
        ? 'Your hold on this prescription lapsed. Take it again; what was written is still there.'
        : 'A colleague took this prescription over. Take the next one, or take it back from her.',
    )
  }
  if (wanted.version !== undefined && wanted.version !== review.version) {
    throw new Refusal(
      'review_changed',
      'This prescription changed since you opened it. Look at it again, then go on.',
    )
  }
  await sql`
    update prescriptions.review set claimed_until = kernel.now() + make_interval(mins => ${claimMinutes})
    where id = ${review.id}`.execute(tx)
  return review
}

export function assertOpen(review: LockedReview): void {
  if (review.state === 'open' || review.state === 'needs_info') return
  throw new Refusal(
    'review_state_forbids',
    review.state === 'decided'
      ? 'This prescription is settled. To correct it, revoke it and enter it again.'
      : 'The order was cancelled, so there is nothing to review.',
  )
}
