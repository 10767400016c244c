import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/**
 * Puts the caller on duty at the store of her registration for so many hours from now; an earlier turn ends. Refuses
 * `pharmacist_not_registered`.
 */
export async function startDuty(
  database: Database,
  caller: Caller,
  hours: number,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ id: string; personId: string; storeId: string }>`
      select id, person_id as "personId", store_id as "storeId" from identity.pharmacist_registration
      where person_id = ${caller.personId}::uuid and ended_at is null
        and kernel.today() between valid_from and valid_upto
      for update`.execute(tx)
    const [registration] = rows
    if (!registration) {
      throw new Refusal(
        'pharmacist_not_registered',
        'No valid council registration of yours is on record. Ask the administrator to enter or renew it.',
      )
    }
    await sql`
      update identity.duty set ended_at = least(ends_at, kernel.now())
      where person_id = ${registration.personId} and ended_at is null`.execute(tx)
    const id = newId()
    await sql`
      insert into identity.duty (id, registration_id, person_id, store_id, ends_at)
      values (${id}, ${registration.id}, ${registration.personId}, ${registration.storeId},
        kernel.now() + make_interval(hours => ${hours}))`.execute(tx)
    return { id }
  })
}
