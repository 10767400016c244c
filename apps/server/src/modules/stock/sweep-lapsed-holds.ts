import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

const batchesPerSweepMax = 100
const sweepsMax = 50

/**
 * Frees the holds that ended, a limited number of batches in each transaction. Housekeeping only: a hold ends by the
 * clock, and nobody waits for this. Returns how many holds it freed.
 */
export async function sweepLapsedHolds(database: Database): Promise<number> {
  let freed = 0
  for (let sweep = 1; sweep <= sweepsMax; sweep++) {
    const now = await sweepOnce(database)
    freed += now
    if (now === 0) break
  }
  return freed
}

async function sweepOnce(database: Database): Promise<number> {
  const caller = systemCaller('stock.sweep_lapsed_holds')
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ freed: number }>`
      select stock.release_lapsed(array(
        select distinct batch_id from (
          select batch_id from stock.reservation
          where state = 'held' and expires_at <= kernel.now()
          order by expires_at limit ${batchesPerSweepMax}
        ) as oldest), ${caller.requestId}) as freed`.execute(tx)
    return rows[0]!.freed
  })
}
