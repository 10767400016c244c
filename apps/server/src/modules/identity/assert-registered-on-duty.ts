import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/** A pharmacist as registers and invoices name her. */
export interface Registration {
  readonly id: string
  readonly personId: string
  readonly fullName: string
  readonly number: string
  readonly council: string
  readonly qualification: string
}

interface Found extends Registration {
  readonly isOnDuty: boolean
}

/**
 * Asserts that the caller is a registered pharmacist of this store today and on duty there now, and holds the
 * registration until `tx` ends, so that it is not ended meanwhile. Refuses `pharmacist_not_registered` and
 * `pharmacist_not_on_duty`. A supply on prescription is made by or under a registered pharmacist (rule 65(2)).
 */
export async function assertRegisteredOnDuty(
  tx: Tx,
  caller: Caller,
  storeId: string,
): Promise<Registration> {
  const { rows } = await sql<Found>`
    select id, person_id as "personId", full_name as "fullName", registration_number as number, council,
      qualification, exists (
        select from identity.duty
        where duty.person_id = registration.person_id and duty.store_id = ${storeId}
          and duty.ended_at is null and ends_at > kernel.now()
      ) as "isOnDuty"
    from identity.pharmacist_registration as registration
    where person_id = ${caller.personId}::uuid and store_id = ${storeId} and ended_at is null
      and kernel.today() between valid_from and valid_upto
    for share`.execute(tx)
  const [found] = rows
  if (!found) {
    throw new Refusal(
      'pharmacist_not_registered',
      'Your registration with the pharmacy council is not on record for this store, or has run out. Ask the administrator to enter or renew it.',
    )
  }
  const { isOnDuty, ...registration } = found
  if (!isOnDuty) {
    throw new Refusal(
      'pharmacist_not_on_duty',
      'You are not on duty at this store. Go on duty first, then do this again.',
    )
  }
  return registration
}
