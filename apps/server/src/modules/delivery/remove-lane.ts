import type { Lanes } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findServingStore, listLanes } from './list-lanes.ts'

/** Takes a beginning of PINs out; a shorter one decides there from then on. Refuses `not_found`. */
export async function removeLane(
  database: Database,
  caller: Caller,
  pinPrefix: string,
): Promise<Lanes> {
  return inTransaction(database, caller, async tx => {
    const store = await findServingStore(tx)
    const { rows } = await sql`
      delete from delivery.lane where store_id = ${store.id} and pin_prefix = ${pinPrefix}
      returning pin_prefix`.execute(tx)
    if (rows.length === 0) {
      throw new Refusal('not_found', 'There is no such beginning of PINs. Load the list again.')
    }
    return listLanes(tx)
  })
}
