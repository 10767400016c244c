import { type PharmacistRegistration, pharmacistsMax } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

interface Row extends Omit<PharmacistRegistration, 'endedAt'> {
  readonly endedAt: Date | null
}

const columns = sql`
  id, person_id as "personId", store_id as "storeId", full_name as "fullName",
  registration_number as "registrationNumber", council, qualification, valid_from as "validFrom",
  valid_upto as "validUpto", is_sample as "isSample", ended_at as "endedAt"`

/** Registered pharmacists, those in force first. */
export async function findRegistrations(db: Reader): Promise<PharmacistRegistration[]> {
  const { rows } = await sql<Row>`
    select ${columns} from identity.pharmacist_registration
    order by ended_at is not null, full_name, id limit ${pharmacistsMax}`.execute(db)
  return rows.map(shownOf)
}

/** Who works as a pharmacist and has no registration on record that was not ended. */
export async function findUnregistered(
  db: Reader,
): Promise<{ personId: string; name: string | null }[]> {
  const { rows } = await sql<{ personId: string; name: string | null }>`
    select person.id as "personId", person.name from identity.person
    where exists (
        select from identity.role_grant
        where person_id = person.id and role = 'pharmacist' and revoked_at is null)
      and not exists (
        select from identity.pharmacist_registration where person_id = person.id and ended_at is null)
    order by person.name, person.id limit ${pharmacistsMax}`.execute(db)
  return rows
}

/** One registration; undefined for an unknown id. */
export async function findRegistration(
  db: Reader,
  id: string,
): Promise<PharmacistRegistration | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from identity.pharmacist_registration where id = ${id}`.execute(db)
  return rows[0] && shownOf(rows[0])
}

const shownOf = ({ endedAt, ...row }: Row): PharmacistRegistration => ({
  ...row,
  endedAt: endedAt?.toISOString() ?? null,
})
