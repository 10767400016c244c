import { type Role, type StaffMember, staffMax } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import { maskMobile } from './mobile-number.ts'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

/** Whoever holds a role, by name; then whoever held one once. */
export async function findStaff(
  db: Reader,
  personId: string | null = null,
): Promise<StaffMember[]> {
  const { rows } = await sql<Omit<StaffMember, 'mobileMasked'> & { mobile: string; roles: Role[] }>`
    select person.id, person.name, person.mobile, held.roles, (
        select count(*) from identity.session
        where session.person_id = person.id and ended_at is null and ends_at > kernel.now()
          and idle_until > kernel.now())::integer as "openSessions"
    from identity.person
    join lateral (
      select coalesce(array_agg(role order by role) filter (where revoked_at is null), '{}') as roles
      from identity.role_grant where role_grant.person_id = person.id having count(*) > 0
    ) as held on true
    where ${personId}::uuid is null or person.id = ${personId}::uuid
    order by cardinality(held.roles) = 0, person.name, person.id limit ${staffMax}`.execute(db)
  return rows.map(({ mobile, ...one }) => ({ ...one, mobileMasked: maskMobile(mobile) }))
}
