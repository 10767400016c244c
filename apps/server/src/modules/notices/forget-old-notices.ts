import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** A year and a month: processing is on record for a year at least (DPDP Rules 2025, rule 8(3)). */
const keptDays = 396
const atOnce = 5_000

/** Forgets what was told long ago, the oldest first; what is left over goes tomorrow. */
export async function forgetOldNotices(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('notices.forget_old'), tx =>
    sql`
      delete from notices.notice where id = any(array(
        select id from notices.notice where made_at < kernel.now() - make_interval(days => ${keptDays})
        order by made_at limit ${atOnce}))`.execute(tx),
  )
}
