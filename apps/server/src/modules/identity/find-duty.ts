import { type Duty, type DutyNow, pharmacistsMax } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

interface Row extends Omit<Duty, 'startedAt' | 'endsAt'> {
  readonly startedAt: Date
  readonly endsAt: Date
}

/** Who is on duty at a store, or at any, at this moment, who began first first. */
export async function findOnDuty(db: Reader, storeId: string | null): Promise<Duty[]> {
  const { rows } = await sql<Row>`
    select duty.id, duty.person_id as "personId", duty.store_id as "storeId", full_name as "fullName",
      registration_number as "registrationNumber", council, started_at as "startedAt", ends_at as "endsAt"
    from identity.duty
    join identity.pharmacist_registration as registration on registration.id = registration_id
    where (${storeId}::uuid is null or duty.store_id = ${storeId}::uuid) and duty.ended_at is null and ends_at > kernel.now()
      and registration.ended_at is null and kernel.today() between valid_from and valid_upto
    order by started_at, duty.id limit ${pharmacistsMax}`.execute(db)
  return rows.map(row => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  }))
}

/** A pharmacist's own duty and that of the colleagues at the store of her registration. */
export async function findDutyNow(db: Reader, personId: string): Promise<DutyNow> {
  const storeId = await findPharmacistStore(db, personId)
  const atStore = storeId === null ? [] : await findOnDuty(db, storeId)
  return {
    mine: atStore.find(one => one.personId === personId) ?? null,
    atStore,
    isRegistered: storeId !== null,
  }
}

/** The store a person is validly registered for today; null without one. */
export async function findPharmacistStore(db: Reader, personId: string): Promise<string | null> {
  const { rows } = await sql<{ storeId: string }>`
    select store_id as "storeId" from identity.pharmacist_registration
    where person_id = ${personId} and ended_at is null and kernel.today() between valid_from and valid_upto`.execute(
    db,
  )
  return rows[0]?.storeId ?? null
}
