import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Codes are counted for a day; ended sessions are kept 180 days as security records (CERT-In 2022). */
export async function forgetOldSignIns(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('forget-old-sign-ins'), async tx => {
    await sql`
      delete from identity.sign_in_code where sent_at < kernel.now() - interval '2 days'`.execute(
      tx,
    )
    await sql`
      delete from identity.session
      where least(ends_at, idle_until, ended_at) < kernel.now() - interval '180 days'`.execute(tx)
  })
}
