import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'

/** From now on a second person checks each order of the store, or does not; orders picked before are not asked again. */
export async function setRule(
  database: Database,
  caller: Caller,
  rule: { readonly isSecondCheckOn: boolean },
): Promise<void> {
  assert(caller.personId, 'somebody decides')
  await inTransaction(database, caller, async tx => {
    const { id: storeId } = await defaultStore(tx)
    await sql`
      insert into dispensing.rule (id, store_id, is_second_check_on, recorded_by, request_id)
      values (${newId()}, ${storeId}, ${rule.isSecondCheckOn}, ${caller.personId}, ${caller.requestId})`.execute(
      tx,
    )
    return { id: storeId }
  })
}
