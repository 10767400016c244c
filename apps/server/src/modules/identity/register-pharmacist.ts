import assert from 'node:assert/strict'
import type { registerPharmacist as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { isDay } from '#kernel/day'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'

type NewRegistration = RequestOf<typeof contract>['body']

/**
 * Enters a council registration of somebody who works here. Refuses `not_found` for a person without the pharmacist's
 * role, `registration_exists` when the person or the number is registered already, `registration_invalid` for days
 * that cannot be.
 */
export async function registerPharmacist(
  database: Database,
  caller: Caller,
  key: string,
  registration: NewRegistration,
): Promise<{ id: string }> {
  assert(caller.personId, 'a person enters a registration')
  assertDays(registration)
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `registration:${caller.personId}`, key, request: registration }, () =>
      write(tx, caller, registration),
    ),
  )
}

function assertDays({ validFrom, validUpto }: NewRegistration): void {
  if (isDay(validFrom) && isDay(validUpto) && validFrom <= validUpto) return
  throw new Refusal(
    'registration_invalid',
    'These days cannot be. Check from when until when the registration holds.',
  )
}

async function write(tx: Tx, caller: Caller, one: NewRegistration): Promise<{ id: string }> {
  const { rows: holders } = await sql`
    select id from identity.role_grant
    where person_id = ${one.personId} and role = 'pharmacist' and revoked_at is null for share`.execute(
    tx,
  )
  if (holders.length === 0) {
    throw new Refusal('not_found', 'Nobody with that id works here as a pharmacist.')
  }
  const id = newId()
  const { rows } = await sql`
    insert into identity.pharmacist_registration (id, person_id, store_id, full_name, registration_number, council,
      qualification, valid_from, valid_upto, recorded_by)
    values (${id}, ${one.personId}, ${one.storeId}, ${one.fullName.trim()}, ${one.registrationNumber.trim()},
      ${one.council.trim()}, ${one.qualification.trim()}, ${one.validFrom}, ${one.validUpto}, ${caller.personId})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) {
    throw new Refusal(
      'registration_exists',
      'This person or this registration number is on record already. End that registration first.',
    )
  }
  return { id }
}
