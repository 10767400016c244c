import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { assertRegisteredOnDuty } from '#modules/identity'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import type { Register } from './register-coverage.ts'

/**
 * Records that the registered pharmacist on duty pasted and signed the printed page of a day, once. `lastSerial` is the
 * last entry on the paper: refuses `register_page_changed` where the day has others, `register_page_confirmed`,
 * `not_found` for a day without entries.
 */
export async function confirmRegisterPage(
  database: Database,
  caller: Caller,
  page: { storeId: string; register: Register; day: Day; lastSerial: number },
): Promise<{ id: string }> {
  const { storeId, register, day, lastSerial } = page
  assert(caller.personId, 'somebody signs')
  const id = newId()
  return inTransaction(database, caller, async tx => {
    const pharmacist = await assertRegisteredOnDuty(tx, caller, storeId)
    const { rows } = await sql<{ entries: number; last: number | null; first: number | null }>`
      select count(*)::integer as entries, min(serial) as first, max(serial) as last from dispensing.register_entry
      where store_id = ${storeId} and register = ${register} and supplied_on = ${day}::date`.execute(
      tx,
    )
    const { entries = 0, first = null, last = null } = rows[0] ?? {}
    if (last === null) throw new Refusal('not_found', 'The register has no entry of this day.')
    if (last !== lastSerial) {
      throw new Refusal(
        'register_page_changed',
        `The last entry of this day is ${last}, not ${lastSerial}. Print the page again, then sign it.`,
      )
    }
    const { numAffectedRows } = await sql`
      insert into dispensing.register_confirmation (id, store_id, register, day, first_serial, last_serial, entries,
        head_hash, pharmacist_name, pharmacist_registration, confirmed_by, request_id)
      select ${id}, store_id, register, supplied_on, ${first}, serial, ${entries}, hash, ${pharmacist.fullName},
        ${pharmacist.number}, ${caller.personId}, ${caller.requestId}
      from dispensing.register_entry
      where store_id = ${storeId} and register = ${register} and serial = ${last}
      on conflict (store_id, register, day) do nothing`.execute(tx)
    if (Number(numAffectedRows ?? 0) === 0) {
      throw new Refusal(
        'register_page_confirmed',
        'The page of this day was signed before. Entries written since stand on a later page.',
      )
    }
    return { id }
  })
}
