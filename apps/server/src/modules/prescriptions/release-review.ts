import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { lockReview } from './lock-review.ts'

/** Puts a review back for anybody; what was written stays on it. One that is not the caller's is left alone. */
export async function releaseReview(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    await lockReview(tx, id)
    await sql`
      update prescriptions.review set claimed_by = null, claimed_until = null
      where id = ${id} and claimed_by = ${caller.personId}::uuid`.execute(tx)
    return { id }
  })
}
