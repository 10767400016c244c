import type { Caller } from '#kernel/caller'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/** Ends a registration here and the duty that rests on it. Refuses `not_found`, `registration_invalid` when ended. */
export async function endRegistration(
  database: Database,
  caller: Caller,
  ending: { id: string; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ isEnded: boolean }>`
      select ended_at is not null as "isEnded" from identity.pharmacist_registration
      where id = ${ending.id} for update`.execute(tx)
    const [found] = rows
    if (!found) throw new Refusal('not_found', 'There is no such registration.')
    if (found.isEnded) {
      throw new Refusal('registration_invalid', 'This registration was ended before.')
    }
    await sql`
      update identity.pharmacist_registration
      set ended_at = kernel.now(), ended_by = ${caller.personId}::uuid, end_reason = ${ending.reason.trim()}
      where id = ${ending.id}`.execute(tx)
    await sql`
      update identity.duty set ended_at = kernel.now()
      where registration_id = ${ending.id} and ended_at is null`.execute(tx)
    return { id: ending.id }
  })
}
