import { sql } from 'kysely'
import type { CountHead } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findCountHead } from './find-counts.ts'

export const countClosed = () =>
  new Refusal('count_closed', 'This count has ended. Begin a new one to count again.')

/**
 * Ends a count; what has no number was not counted. Refuses `not_found`, `count_closed` for one that ended, and
 * `count_undecided` while a difference waits for another person: it would be forgotten.
 */
export async function closeCount(
  database: Database,
  caller: Caller,
  id: string,
): Promise<CountHead> {
  return inTransaction(database, caller, async tx => {
    // The lock of whoever records a number in it.
    await sql`select from stock.count where id = ${id} for update`.execute(tx)
    const head = await findCountHead(tx, id)
    if (head.closedAt !== null) throw countClosed()
    if (head.waiting > 0) {
      throw new Refusal(
        'count_undecided',
        `${head.waiting} differences wait for another person. Have them approved or rejected first.`,
      )
    }
    await sql`
      update stock.count set closed_at = kernel.now(), closed_by = ${caller.personId}, places = ${head.places}
      where id = ${id}`.execute(tx)
    return findCountHead(tx, id)
  })
}
