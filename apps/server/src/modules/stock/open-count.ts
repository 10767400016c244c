import type { openCount as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { defaultStore } from './store.ts'

/** Begins a count of one bin, of one medicine wherever it lies, or of everything in the store. Nothing is locked: sales go on. */
export async function openCount(
  database: Database,
  caller: Caller,
  key: string,
  count: RequestOf<typeof contract>['body'],
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.open_count:${caller.personId}`, key, request: count }, async () => {
      const store = await defaultStore(tx)
      const id = newId()
      await sql`
        insert into stock.count (id, store_id, kind, is_blind, bin, pack_id, opened_by)
        values (${id}, ${store.id}, ${count.kind}, ${count.isBlind}, ${count.bin ?? null},
          ${count.medicineId ?? null}, ${caller.personId})`.execute(tx)
      return { id }
    }),
  )
}
