import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

const caller = systemCaller('payments.forget_webhooks')
const webhooksAtOnce = 1_000
const roundsMax = 50

/**
 * Forgets webhooks worked on more than ninety days ago, some at a time. One said again after that is past belief by
 * its own date, so that no replay counts twice. Returns how many; what never was worked on stays.
 */
export async function forgetWebhooks(database: Database): Promise<number> {
  let forgotten = 0
  for (let round = 1; round <= roundsMax; round++) {
    const gone = await inTransaction(database, caller, async tx => {
      const { numAffectedRows } = await sql`
        delete from payments.webhook where event_id in (
          select event_id from payments.webhook where worked_at < kernel.now() - interval '90 days'
          order by worked_at limit ${webhooksAtOnce})`.execute(tx)
      return Number(numAffectedRows ?? 0)
    })
    forgotten += gone
    if (gone < webhooksAtOnce) break
  }
  return forgotten
}
