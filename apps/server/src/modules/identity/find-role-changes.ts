import { type RoleChange, roleChangesMax } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'

/** The last roles given and taken, newest first: of whom, by whom, when. At the terminal nobody is signed in. */
export async function findRoleChanges(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
): Promise<RoleChange[]> {
  const { rows } = await sql<Omit<RoleChange, 'at'> & { at: Date }>`
    select change.grant_id || ':' || change.kind as id, change.person_id as "personId", person.name,
      change.role, change.kind, change.at, actor.name as "byName", actor.id as "byId"
    from (
      (select id as grant_id, person_id, role, 'given' as kind, granted_at as at, granted_by as actor_id
       from identity.role_grant order by granted_at desc, id desc limit ${roleChangesMax})
      union all
      (select id, person_id, role, 'taken', revoked_at, revoked_by
       from identity.role_grant where revoked_at is not null
       order by revoked_at desc, id desc limit ${roleChangesMax})
    ) as change
    join identity.person on person.id = change.person_id
    left join identity.person as actor on actor.id = change.actor_id
    order by change.at desc, change.kind, change.grant_id desc limit ${roleChangesMax}`.execute(db)
  return rows.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }))
}
