import type { moveCash as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { expectedIn, lockOpenShift } from './drawer-row.ts'

type Movement = RequestOf<typeof contract>['body']
const goesIn = { sale: true, paid_in: true, payout: false, to_bank: false, refund: false }

/** Cash in or out of the open drawer. More than lies in it cannot go out (`drawer_count_differs`). */
export async function moveCash(
  database: Database,
  caller: Caller,
  key: string,
  movement: Movement,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(
      tx,
      { scope: `payments.move_cash:${caller.personId}`, key, request: movement },
      async () => {
        const shiftId = await moveInDrawer(tx, caller, movement)
        return { id: shiftId }
      },
    ),
  )
}

/**
 * Writes one movement into the open drawer, in the caller's transaction; returns the shift. Refuses `drawer_not_open`,
 * and `drawer_count_differs` for more than lies in it.
 */
export async function moveInDrawer(
  tx: Tx,
  caller: Caller,
  movement: Pick<Movement, 'amountPaise' | 'note'> & { kind: keyof typeof goesIn },
): Promise<string> {
  const shiftId = await lockOpenShift(tx)
  const isIn = goesIn[movement.kind]
  if (!isIn && movement.amountPaise > (await expectedIn(tx, shiftId))) {
    throw new Refusal(
      'drawer_count_differs',
      'That is more than should lie in the drawer. Check the amount, or write down first what came in.',
    )
  }
  const signed = isIn ? movement.amountPaise : -movement.amountPaise
  await sql`
    insert into payments.drawer_movement (id, shift_id, kind, amount_paise, note, actor_id)
    values (${newId()}, ${shiftId}, ${movement.kind}, ${signed}, ${movement.note}, ${caller.personId})`.execute(
    tx,
  )
  return shiftId
}
