import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { findSupplier } from './find-suppliers.ts'
import { keyOf } from './name-key.ts'

/** Lets one bill of this supplier in although the licence is in doubt; who allowed it, and why, stays on record. */
export function overrideSupplierLicence(
  database: Database,
  caller: Caller,
  supplierId: string,
  given: { billNumber: string; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    await findSupplier(tx, supplierId)
    const id = newId()
    await sql`
      insert into purchasing.licence_override (id, supplier_id, bill_key, reason, given_by)
      values (${id}, ${supplierId}, ${keyOf(given.billNumber)}, ${given.reason}, ${caller.personId})`.execute(
      tx,
    )
    return { id }
  })
}
