import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockOrder } from './order-step.ts'

/**
 * The customer keeps what she asked to give back. Nothing moved yet, so nothing moves now, and she may ask again.
 * Refuses `not_found` for another's order, and `return_state_forbids` when no return of it waits any more.
 */
export async function withdrawReturn(
  database: Database,
  caller: Caller,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    // Under the order's lock, as every decision about its returns.
    const order = await lockOrder(tx, id, caller.personId)
    const { rows } = await sql`
      update ordering.return set state = 'withdrawn', decided_at = kernel.now(), decided_by = ${caller.personId}
      where order_id = ${order.id} and state = 'asked' returning id`.execute(tx)
    if (rows.length > 0) return { id: order.id }
    throw new Refusal(
      'return_state_forbids',
      'No return of this order waits any more. Look at its answer on the order.',
    )
  })
}
