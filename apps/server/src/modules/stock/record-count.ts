import type { recordCount as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { countClosed } from './close-count.ts'
import { countNotFound } from './find-counts.ts'
import { lockPositions } from './move-units.ts'

type Counted = RequestOf<typeof contract>['body'] & { countId: string }

/**
 * Writes a number counted in one place beside the ledger's of this moment, read under the position's lock. Counting a
 * place again sets the earlier number aside. A difference changes nothing before another person approves it.
 * Refuses `not_found`, `count_closed`, and `reason_needed` for a difference without one.
 */
export async function recordCount(
  database: Database,
  caller: Caller,
  counted: Counted,
): Promise<{ id: string; varianceUnits: number }> {
  const { countId, batchId, state, bin, units } = counted
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ storeId: string; isKnown: boolean; isClosed: boolean }>`
      select store_id as "storeId", exists (select from stock.batch where id = ${batchId}) as "isKnown",
        closed_at is not null as "isClosed"
      from stock.count where id = ${countId} for share`.execute(tx)
    const [count] = rows
    if (!count) throw countNotFound()
    if (count.isClosed) throw countClosed()
    if (!count.isKnown) {
      throw new Refusal('not_found', 'There is no such batch. Receive it before it is counted.')
    }
    const lying = await lockPositions(tx, [batchId])
    const place = lying.find(
      one => one.storeId === count.storeId && one.state === state && one.bin === bin,
    )
    const ledgerUnits = place?.onHand ?? 0
    if (units !== ledgerUnits && counted.reason === undefined) {
      throw new Refusal(
        'reason_needed',
        'The number differs from the book. Count once more; if it stays, choose the reason.',
      )
    }
    await sql`
      update stock.count_line set decision = 'recounted', decided_at = kernel.now(), decided_by = ${caller.personId}
      where count_id = ${countId} and batch_id = ${batchId} and state = ${state} and bin = ${bin}
        and decision is null`.execute(tx)
    const id = newId()
    const reason = units === ledgerUnits ? null : (counted.reason ?? null)
    await sql`
      insert into stock.count_line (id, count_id, batch_id, state, bin, units, ledger_units, reason, counted_by)
      values (${id}, ${countId}, ${batchId}, ${state}, ${bin}, ${units}, ${ledgerUnits}, ${reason},
        ${caller.personId})`.execute(tx)
    return { id, varianceUnits: units - ledgerUnits }
  })
}
