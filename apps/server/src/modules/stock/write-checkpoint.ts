import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** A past day is found from the checkpoint before it and the movements of a week; one a day would fill the disk. */
const daysBetween = 7

/**
 * Every week, asked each night: keeps what lay of each batch at the end of yesterday, added up from the checkpoint before and the
 * movements since, so that the worth of any past day is found without reading years. Before it is kept, it is proven:
 * with today's movements it must be what the balances say now. Again the same night does nothing.
 */
export async function writeCheckpoint(database: Database): Promise<void> {
  const caller = systemCaller('stock.write_checkpoint')
  await inTransaction(database, caller, async tx => {
    // One picture for the sum and its proof, while the shop goes on selling.
    await sql`set transaction isolation level repeatable read`.execute(tx)
    const { rows: written } = await sql<{ day: string }>`
      insert into stock.checkpoint (day) select kernel.today() - 1
      where not exists (select from stock.checkpoint where day > kernel.today() - 1 - ${daysBetween}::integer)
      on conflict do nothing returning day`.execute(tx)
    const [checkpoint] = written
    if (!checkpoint) return
    await sql`
      insert into stock.checkpoint_balance (day, batch_id, units)
      select ${checkpoint.day}::date, batch_id, sum(units)::integer from (
        select batch_id, units from stock.checkpoint_balance
        where day = (select max(day) from stock.checkpoint where day < ${checkpoint.day}::date)
        union all
        select batch_id, on_hand_delta from stock.movement
        where on_hand_delta <> 0 and at < (${checkpoint.day}::date + 1)::timestamp at time zone 'Asia/Kolkata'
          and at >= coalesce((select (max(day) + 1)::timestamp at time zone 'Asia/Kolkata'
            from stock.checkpoint where day < ${checkpoint.day}::date), '-infinity')
      ) as moved group by batch_id having sum(units) <> 0`.execute(tx)
    const { rows } = await sql<{ wrong: number }>`
      select count(*)::integer as wrong from (
        select batch_id from (
          select batch_id, units from stock.checkpoint_balance where day = ${checkpoint.day}::date
          union all
          select batch_id, on_hand_delta from stock.movement
          where at >= (${checkpoint.day}::date + 1)::timestamp at time zone 'Asia/Kolkata'
          union all
          select batch_id, -on_hand from stock.balance
        ) as proof group by batch_id having sum(units) <> 0
      ) as differing`.execute(tx)
    assert(
      rows[0]!.wrong === 0,
      `the checkpoint of ${checkpoint.day} differs from the balances in ${rows[0]!.wrong} batches: find what changed the ledger's past`,
    )
  })
}
