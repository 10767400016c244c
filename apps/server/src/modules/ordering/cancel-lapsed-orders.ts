import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { cancel } from './cancel-order.ts'
import { lockOrder } from './order-step.ts'

const ordersPerRunMax = 200

/**
 * Cancels the orders nobody packed before their hold ended: their packs may be somebody else's by now, so keeping the
 * order would promise what is not there. Each in its own transaction; returns how many.
 */
export async function cancelLapsedOrders(database: Database): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from ordering.order where state = 'placed' and held_until <= kernel.now()
    order by held_until limit ${ordersPerRunMax}`.execute(database.reads)
  const caller = systemCaller('ordering.cancel_lapsed_orders')
  let cancelled = 0
  for (const { id } of rows) {
    const done = await inTransaction(database, caller, async tx => {
      const order = await lockOrder(tx, id)
      // Somebody packed or cancelled it between the list and the lock.
      if (order.state !== 'placed') return false
      await cancel(tx, caller, order, { reason: 'not_packed_in_time', actor: 'system' })
      return true
    })
    if (done) cancelled++
  }
  return cancelled
}
