import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findStaff } from './find-staff.ts'
import { findSessionHashes, type KeptSessions, raiseChange } from './kept-sessions.ts'

/** Signs a colleague out on every device at once. Refuses `not_found` for anybody who never worked here. */
export async function endStaffSessions(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  personId: string,
): Promise<{ id: string }> {
  const told = await sessions.forget(await findSessionHashes(database, personId))
  return inTransaction(database, caller, async tx => {
    const [found] = await findStaff(tx, personId)
    if (!found) throw new Refusal('not_found', 'There is no such colleague. Look at the list.')
    await endSessionsOf(tx, personId)
    await told(tx)
    await raiseChange(tx)
    return { id: personId }
  })
}

export async function endSessionsOf(tx: Tx, personId: string): Promise<void> {
  await sql`
    update identity.session set ended_at = kernel.now()
    where person_id = ${personId} and ended_at is null`.execute(tx)
}
