import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/**
 * Records from which day on a store keeps its prescription register as a register or as its memo book, as it declared to
 * the licensing authority. Entries are written either way; each says where it is kept. Refuses
 * `rule_in_the_past`, because what was written says already where it is kept.
 */
export async function setRegisterForm(
  database: Database,
  caller: Caller,
  form: { storeId: string; from: Day; keptIn: 'register' | 'memo_book' },
): Promise<{ id: string }> {
  assert(caller.personId, 'somebody declares it')
  const id = newId()
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ isPast: boolean }>`
      select ${form.from}::date < kernel.today() as "isPast"`.execute(tx)
    if (rows[0]?.isPast) {
      throw new Refusal(
        'rule_in_the_past',
        'Entries of past days stand. Choose today or a later day.',
      )
    }
    await sql`
      insert into dispensing.register_setting (id, store_id, effective_from, kept_in, recorded_by, request_id)
      values (${id}, ${form.storeId}, ${form.from}::date, ${form.keptIn}, ${caller.personId}, ${caller.requestId})`.execute(
      tx,
    )
    return { id }
  })
}
