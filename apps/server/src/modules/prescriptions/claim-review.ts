import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lookAtPrepared } from './prepare-page.ts'
import { assertOpen, claimMinutes, lockReview } from './lock-review.ts'

/**
 * Takes a review to work on, for a quarter of an hour that every act renews. While a colleague holds it, only by saying
 * `takeOver`, which is on the audit trail. Pages made ready for her are looked at from now on. Refuses `review_claimed`, `review_state_forbids`, `not_found`.
 */
export async function claimReview(
  database: Database,
  caller: Caller,
  claim: { readonly id: string; readonly takeOver: boolean },
): Promise<{ id: string }> {
  assert(caller.personId, 'a person takes a review')
  return inTransaction(database, caller, async tx => {
    const review = await lockReview(tx, claim.id)
    assertOpen(review)
    const isAnothers = review.claimedBy !== null && review.claimedBy !== caller.personId
    if (isAnothers && !claim.takeOver) {
      throw new Refusal(
        'review_claimed',
        'A colleague is working on this prescription. Take the next one, or take it over if she left it.',
      )
    }
    await sql`
      update prescriptions.review
      set claimed_by = ${caller.personId}, claimed_until = kernel.now() + make_interval(mins => ${claimMinutes})
      where id = ${review.id}`.execute(tx)
    await lookAtPrepared(tx, caller, review.orderId)
    return { id: review.id }
  })
}
