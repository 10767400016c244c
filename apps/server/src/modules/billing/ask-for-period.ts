import { sql } from 'kysely'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { sellerOn } from './find-seller.ts'

/** Asks for the books of a month; a job draws them up. The same key again is the same asking. */
export async function askForPeriod(
  database: Database,
  caller: Caller,
  key: string,
  { month }: { month: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `billing.period:${caller.personId}`, key, request: month }, async () => {
      const { rows } = await sql<{ today: string }>`select kernel.today() as today`.execute(tx)
      const store = await defaultStore(tx)
      const { gstin } = await sellerOn(tx, store.id, rows[0]!.today)
      const id = newId()
      await sql`
        insert into billing.period_run (id, gstin, month, asked_by, request_id)
        values (${id}, ${gstin}, ${month}, ${caller.personId}, ${caller.requestId})`.execute(tx)
      await emit(tx, caller, 'billing.period_asked', { runId: id })
      return { id }
    }),
  )
}
