import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/** Opens the drawer for a shift; refuses `drawer_open_already` while another shift has it. */
export async function openDrawer(
  database: Database,
  caller: Caller,
  key: string,
  request: { floatPaise: number },
): Promise<{ id: string }> {
  assert(caller.personId, 'a person opens the drawer')
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `payments.open_drawer:${caller.personId}`, key, request }, async () => {
      const id = newId()
      const { rows } = await sql`
        insert into payments.drawer_shift (id, opened_by, float_paise)
        values (${id}, ${caller.personId}, ${request.floatPaise})
        on conflict (drawer) where closed_at is null do nothing returning id`.execute(tx)
      if (rows.length === 1) return { id }
      throw new Refusal(
        'drawer_open_already',
        'The drawer is open. Close that shift first, counted, then open yours.',
      )
    }),
  )
}
