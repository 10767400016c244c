import type { Person, Role } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'

const titles: readonly (readonly [Role, string])[] = [
  ['pharmacist', 'Pharmacist'],
  ['administrator', 'Administrator'],
  ['stock_keeper', 'Stock keeper'],
]

/** The signed-in person as the screens show her, to herself only. */
export async function findPerson(reads: Kysely<any>, personId: string): Promise<Person | null> {
  const { rows } = await sql<Person>`
    select person.id, person.mobile, person.name,
      coalesce((select array_agg(role_grant.role order by role_grant.role) from identity.role_grant
        where role_grant.person_id = person.id and role_grant.revoked_at is null), '{}') as roles
    from identity.person where person.id = ${personId}`.execute(reads)
  return rows[0] ?? null
}

/**
 * Names of staff as orders and registers print them: "Pharmacist A. Sample". Somebody without a role is not
 * named to others and is left out, as is an unknown id.
 */
export async function findNames(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string | null; roles: Role[] }>`
    select person.id, person.name, array_agg(role_grant.role) as roles
    from identity.person
    join identity.role_grant on role_grant.person_id = person.id
    where person.id = any(${personIds}::uuid[])
    group by person.id`.execute(db)
  return new Map(rows.map(row => [row.id, `${titleOf(row.roles)} ${row.name ?? ''}`.trim()]))
}

function titleOf(roles: readonly Role[]): string {
  return titles.find(([role]) => roles.includes(role))?.[1] ?? 'Staff'
}
