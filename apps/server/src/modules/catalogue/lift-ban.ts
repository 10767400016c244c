import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { assertFromNow } from './day-from-now.ts'

/**
 * A ban no longer holds from a day on, by a source of its own; one that has not begun by then never will. Refuses
 * `not_found`, `rule_in_the_past`, and `rule_stands_not` for one that was lifted already.
 */
export async function liftBan(
  database: Database,
  caller: Caller,
  { id, to, sourceCitation }: { id: number; to: Day; sourceCitation: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ today: Day; isLifted: boolean }>`
      select kernel.today() as today, effective_to is not null as "isLifted"
      from catalogue.banned_formulation where id = ${id} for update`.execute(tx)
    const [ban] = rows
    if (!ban) throw new Refusal('not_found', 'There is no such ban.')
    assertFromNow(to, ban.today)
    if (ban.isLifted) throw new Refusal('rule_stands_not', 'This ban was lifted already.')
    await sql`
      update catalogue.banned_formulation set effective_to = greatest(effective_from, ${to}::date),
        lifted_by = ${caller.personId}, lift_citation = ${sourceCitation}, lifted_at = kernel.now()
      where id = ${id}`.execute(tx)
    await emit(tx, caller, 'catalogue.ban_lifted', { banId: String(id) })
    return { id: String(id) }
  })
}
