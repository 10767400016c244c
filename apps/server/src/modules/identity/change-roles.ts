import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction, type Tx } from '#kernel/transaction'
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
    update identity.role_grant set revoked_at = greatest(granted_at, kernel.now())
    where person_id = ${personId} and revoked_at is null and not role = any(${roles})`.execute(tx)
  for (const role of roles) {
    await sql`
      insert into identity.role_grant (id, person_id, role, granted_by)
      values (${newId()}, ${personId}, ${role}, ${caller.personId})
      on conflict (person_id, role) where revoked_at is null do nothing`.execute(tx)
  }
}
