import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

const daysKept = 30

/** Forgets the rows of imports long finished; what they changed stays known, so they can still be undone. */
export async function forgetOldRows(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('forget-old-rows'), tx =>
    sql`
      delete from imports.row where run_id in (
        select id from imports.run
        where moved_at < kernel.now() - make_interval(days => ${daysKept})
          and state in ('mapping', 'checked', 'committed', 'undone', 'refused', 'discarded')
          and exists (select from imports.row where row.run_id = run.id)
        order by id limit 1)`.execute(tx),
  )
}
