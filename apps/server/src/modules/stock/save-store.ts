import type { ReplyOf, saveStore as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Enters a store under this id, or gives it another name. Which of them serves online orders is not changed here. */
export function saveStore(
  database: Database,
  caller: Caller,
  store: { id: string; name: string },
): Promise<ReplyOf<typeof contract>> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<ReplyOf<typeof contract>>`
      insert into stock.store (id, name) values (${store.id}, ${store.name.trim()})
      on conflict (id) do update set name = excluded.name
      returning id, name, is_default as "isDefault"`.execute(tx)
    return rows[0]!
  })
}
