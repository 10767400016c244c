import type { Review } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { findReview } from './find-review.ts'

/** A review as the desk shows it, once the look is on the audit trail; refuses `not_found`. */
export async function viewReview(database: Database, caller: Caller, id: string): Promise<Review> {
  const review = await findReview(database.reads, caller, id)
  await inTransaction(database, caller, async () => ({ id }))
  return review
}
