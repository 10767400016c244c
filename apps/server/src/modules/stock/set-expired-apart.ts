import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { setApart } from './move-units.ts'

const batchesPerStep = 100
const stepsMax = 200

/**
 * The day after its last day a batch lies among the expired (Drugs Rules 65(17): kept apart). Nothing depends on it:
 * the rule compares with the day and sells none of it either way. Returns the batches moved; again moves none.
 */
export async function setExpiredApart(database: Database): Promise<number> {
  const caller = systemCaller('stock.set_expired_apart')
  let moved = 0
  for (let step = 1; step <= stepsMax; step++) {
    const now = await inTransaction(database, caller, async tx => {
      const { rows } = await sql<{ id: string }>`
        select batch_id as id from stock.balance
        where store_id = any(array(select id from stock.store)) and on_hand > 0 and expires_on < kernel.today()
          and on_hand > reserved and state in ('sellable', 'loose', 'quarantine', 'damaged')
        group by expires_on, batch_id order by expires_on, batch_id limit ${batchesPerStep}`.execute(
        tx,
      )
      if (rows.length === 0) return 0
      await setApart(tx, caller, {
        batchIds: rows.map(row => row.id),
        to: 'expired',
        from: ['sellable', 'loose', 'quarantine', 'damaged'],
        cause: { kind: 'expiry', id: newId() },
      })
      return rows.length
    })
    moved += now
    if (now < batchesPerStep) break
  }
  return moved
}
