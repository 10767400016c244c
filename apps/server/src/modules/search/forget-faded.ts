import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { orderHalfLifeDays } from './popularity.ts'

const halfLivesKept = 10
const requestsKeptDays = 365
const rowsMax = 50_000

/** Forgets what says nothing any more: orders a thousandth of which is left, names nobody asked for in a year. */
export async function forgetFaded(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('search.forget_faded'), async tx => {
    await sql`
      delete from search.popularity where (area, pack_id) in (
        select area, pack_id from search.popularity
        where counted_at < kernel.now() - make_interval(days => ${orderHalfLifeDays * halfLivesKept})
        limit ${rowsMax})`.execute(tx)
    await sql`
      delete from search.medicine_request
      where last_asked_at < kernel.now() - make_interval(days => ${requestsKeptDays})`.execute(tx)
    await sql`
      delete from search.medicine_request_tally
      where hour < kernel.now() - interval '2 hours'`.execute(tx)
  })
}
