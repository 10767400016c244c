import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Takes the caller off duty; who is not on duty stays so. */
export async function endDuty(database: Database, caller: Caller): Promise<{ id: string | null }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ id: string }>`
      update identity.duty set ended_at = least(ends_at, kernel.now())
      where person_id = ${caller.personId}::uuid and ended_at is null returning id`.execute(tx)
    return { id: rows[0]?.id ?? null }
  })
}
