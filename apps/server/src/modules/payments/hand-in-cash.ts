import type { handInCash as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockOpenShift } from './drawer-row.ts'

type Handover = RequestOf<typeof contract>['body']

/**
 * A rider's cash enters the drawer, order by order and once each. Refuses `not_found` for an order whose cash is not
 * out, and `drawer_count_differs` when what was counted is not the sum: it is counted again, with the rider there.
 */
export async function handInCash(
  database: Database,
  caller: Caller,
  key: string,
  handover: Handover,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `payments.hand_in:${caller.personId}`, key, request: handover }, () =>
      writeHandover(tx, caller, handover),
    ),
  )
}

async function writeHandover(tx: Tx, caller: Caller, { orderIds, countedPaise }: Handover) {
  const shiftId = await lockOpenShift(tx)
  const { rows } = await sql<{ orderId: string; amountPaise: number }>`
    select order_id as "orderId", amount_paise as "amountPaise" from payments.door_due
    where order_id = any(${orderIds}::uuid[]) and state = 'cash' and shift_id is null
    order by order_id for update`.execute(tx)
  if (rows.length !== orderIds.length) {
    throw new Refusal(
      'not_found',
      'The cash of one of these orders is not out any more. Reload the list and choose again.',
    )
  }
  const duePaise = rows.reduce((sum, row) => sum + row.amountPaise, 0)
  if (duePaise !== countedPaise) {
    throw new Refusal(
      'drawer_count_differs',
      'The cash is not the sum of these orders. Count it again with the rider, or take one order out.',
      { values: { duePaise, countedPaise } },
    )
  }
  await sql`
    insert into payments.drawer_movement (id, shift_id, kind, amount_paise, order_id, actor_id)
    select gen_random_uuid(), ${shiftId}, 'door_cash', amount_paise, order_id, ${caller.personId}::uuid
    from payments.door_due where order_id = any(${orderIds}::uuid[])`.execute(tx)
  await sql`
    update payments.door_due set shift_id = ${shiftId} where order_id = any(${orderIds}::uuid[])`.execute(
    tx,
  )
  return { id: shiftId }
}
