import type { Fridge, RequestOf, saveFridge as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findFridges } from './find-fridges.ts'
import { defaultStore } from './store.ts'

/**
 * Enters a fridge of the default store under this id, or corrects it. Refuses `fridge_invalid` for limits the wrong way
 * round and for a bin that is another fridge's.
 */
export function saveFridge(
  database: Database,
  caller: Caller,
  fridge: RequestOf<typeof contract>['body'] & { id: string },
): Promise<Fridge> {
  return inTransaction(database, caller, async tx => {
    if (fridge.minTenths >= fridge.maxTenths) {
      throw new Refusal('fridge_invalid', 'The lower limit is not below the upper one.', {
        fields: [{ field: 'minTenths', message: 'is not below the upper limit' }],
      })
    }
    const store = await defaultStore(tx)
    const { rows } = await sql`
      insert into stock.fridge (id, store_id, name, bin, storage_class, min_tenths, max_tenths)
      select ${fridge.id}::uuid, ${store.id}::uuid, ${fridge.name.trim()}, ${fridge.bin.trim()}, ${fridge.storageClass},
        ${fridge.minTenths}::integer, ${fridge.maxTenths}::integer
      where not exists (
        select from stock.fridge where store_id = ${store.id} and bin = ${fridge.bin.trim()} and id <> ${fridge.id})
      on conflict (id) do update set name = excluded.name, bin = excluded.bin,
        storage_class = excluded.storage_class, min_tenths = excluded.min_tenths, max_tenths = excluded.max_tenths
      returning id`.execute(tx)
    if (rows.length === 0) {
      throw new Refusal(
        'fridge_invalid',
        'Another fridge has this bin. Choose another name for it.',
        {
          fields: [{ field: 'bin', message: 'is another fridge’s' }],
        },
      )
    }
    return (await findFridges(tx, fridge.id)).items[0]!
  })
}
