import type { CancelReason, OrderState } from '@janta/contracts'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction, type Tx } from '#kernel/transaction'
import { cancel } from './cancel-order.ts'
import { lockOrder } from './order-step.ts'

const ordersPerRunMax = 200

/** Who did not come in time, by what the order waited for. */
const reasons: Readonly<Partial<Record<OrderState, CancelReason>>> = {
  awaiting_prescription: 'not_packed_in_time',
  awaiting_choice: 'not_answered_in_time',
  awaiting_payment: 'not_paid_in_time',
  placed: 'not_packed_in_time',
}

/**
 * Cancels the orders whose hold ended while they waited for somebody: their packs may be another's by now, so keeping
 * the order would promise what is not there. Each in its own transaction; returns how many.
 */
export async function cancelLapsedOrders(database: Database): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from ordering.order
    where state in ('awaiting_prescription', 'awaiting_choice', 'awaiting_payment', 'placed')
      and held_until <= kernel.now()
    order by held_until limit ${ordersPerRunMax}`.execute(database.reads)
  const caller = systemCaller('ordering.cancel_lapsed_orders')
  let cancelled = 0
  for (const { id } of rows) {
    const done = await inTransaction(database, caller, async tx => {
      const order = await lockOrder(tx, id)
      const reason = reasons[order.state]
      // Somebody packed, paid or cancelled it between the list and the lock.
      if (reason === undefined || !(await hasLapsed(tx, id))) return false
      await cancel(tx, caller, order, { reason, actor: 'system' })
      return true
    })
    if (done) cancelled++
  }
  return cancelled
}

async function hasLapsed(tx: Tx, orderId: string): Promise<boolean> {
  const { rows } = await sql<{ hasLapsed: boolean }>`
    select held_until <= kernel.now() as "hasLapsed" from ordering.order where id = ${orderId}`.execute(
    tx,
  )
  return rows[0]?.hasLapsed ?? false
}
