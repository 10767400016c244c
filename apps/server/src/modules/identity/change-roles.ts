import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { endSessionsOf } from './end-staff-sessions.ts'
import { findSessionHashes, type KeptSessions, raiseChange } from './kept-sessions.ts'

/**
 * Gives a person exactly these roles, from this moment on every task: what they gave up is refused at the next request,
 * signed in or not. Each role stays a row with who gave it and when it was taken.
 */
export async function changeRoles(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  change: { readonly personId: string; readonly roles: readonly Role[] },
): Promise<void> {
  const { personId, roles } = change
  const told = await sessions.forget(await findSessionHashes(database, personId))
  await inTransaction(database, caller, async tx => {
    await replaceRoles(tx, caller, personId, roles)
    await told(tx)
    // A session opened between the asking and the change was told to nobody.
    await raiseChange(tx)
  })
}

/** The roles of a person become exactly these, in the caller's transaction. */
export async function replaceRoles(
  tx: Tx,
  caller: Caller,
  personId: string,
  roles: readonly Role[],
): Promise<void> {
  await sql`
    update identity.role_grant set revoked_at = greatest(granted_at, kernel.now()), revoked_by = ${caller.personId}
    where person_id = ${personId} and revoked_at is null and not role = any(${roles})`.execute(tx)
  for (const role of roles) {
    await sql`
      insert into identity.role_grant (id, person_id, role, granted_by)
      values (${newId()}, ${personId}, ${role}, ${caller.personId})
      on conflict (person_id, role) where revoked_at is null do nothing`.execute(tx)
  }
}

/**
 * Roles as an administrator gives them: somebody is always left to give one back (`last_administrator`), and who has
 * none any more is signed out everywhere.
 */
export async function giveStaffRoles(
  tx: Tx,
  caller: Caller,
  personId: string,
  roles: readonly Role[],
): Promise<void> {
  // Two administrators who take each other's role at one moment do it one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.role_grant', 0))`.execute(tx)
  await replaceRoles(tx, caller, personId, roles)
  await assertAdministrator(tx)
  if (roles.length === 0) await endSessionsOf(tx, personId)
}

async function assertAdministrator(tx: Tx): Promise<void> {
  const { rows } = await sql`
    select id from identity.role_grant where role = 'administrator' and revoked_at is null limit 1`.execute(
    tx,
  )
  if (rows.length > 0) return
  throw new Refusal(
    'last_administrator',
    'Somebody must stay administrator. Make another person administrator first.',
  )
}
