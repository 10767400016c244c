import type { Role } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { giveStaffRoles } from './change-roles.ts'
import { findStaff } from './find-staff.ts'
import { findSessionHashes, type KeptSessions, raiseChange } from './kept-sessions.ts'

/**
 * Gives a colleague of the list exactly these roles; with none left, every session of hers ends. Refuses `not_found`
 * for anybody who never worked here, and `last_administrator`.
 */
export async function setStaffRoles(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  change: { readonly personId: string; readonly roles: readonly Role[] },
): Promise<{ id: string }> {
  const { personId: id, roles } = change
  const told = await sessions.forget(await findSessionHashes(database, id))
  return inTransaction(database, caller, async tx => {
    const [found] = await findStaff(tx, id)
    if (!found) throw new Refusal('not_found', 'There is no such colleague. Look at the list.')
    await giveStaffRoles(tx, caller, id, roles)
    await told(tx)
    await raiseChange(tx)
    return { id }
  })
}
