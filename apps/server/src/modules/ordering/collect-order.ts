import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import { expectAtDoor } from '#modules/payments'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { owedInCashPaise, takeCash } from './cash-counted.ts'
import { assertMay, enterState, type LockedOrder, lockOrder } from './order-step.ts'
import { assertMayLeave } from './still-lawful.ts'

/**
 * The customer takes a packed order at the counter and pays in cash what is owed. What may only be collected (Schedule
 * H1 by default) leaves after the paper itself was seen and stamped: refuses `original_not_seen`, `conflict` for
 * another amount, `order_state_forbids` for an order that is delivered, and as `assertMayLeave` does.
 */
export async function collectOrder(
  database: Database,
  caller: Caller,
  request: {
    id: string
    receivedBy: string
    collectedPaise: number
    originalSeen?: boolean | undefined
  },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('collect', order)
    if (order.fulfilment !== 'pickup') {
      throw new Refusal('order_state_forbids', 'This order is delivered. Hand it to the rider.')
    }
    await assertMayLeave(tx, order)
    if (!request.originalSeen) await assertNoOriginalNeeded(tx, order)
    const { id: orderId, personId } = order
    const owedPaise = owedInCashPaise(order)
    if (owedPaise > 0) await expectAtDoor(tx, caller, { orderId, personId, amountPaise: owedPaise })
    await takeCash(tx, caller, order, request.collectedPaise)
    await enterState(tx, caller, order, {
      state: 'delivered',
      actor: 'staff',
      note: request.receivedBy,
      collectedPaise: request.collectedPaise,
    })
    await emit(tx, caller, 'ordering.order_delivered', { orderId: order.id })
  })
}

async function assertNoOriginalNeeded(tx: Tx, order: LockedOrder): Promise<void> {
  const { rows } = await sql<{ packId: string }>`
    select pack_id as "packId" from ordering.order_line
    where order_id = ${order.id} and quantity > 0 and needs_prescription order by line`.execute(tx)
  const packs = await findPacks(
    tx,
    rows.map(row => row.packId),
  )
  const strict = [...packs.values()].find(
    pack => pack.terms.pickup === 'original_prescription_sighted',
  )
  if (!strict) return
  throw new Refusal(
    'original_not_seen',
    `${strict.name} is given only after the original prescription was seen and stamped. Ask for the paper, then confirm it.`,
    { fields: [{ field: 'originalSeen', message: 'must be confirmed' }] },
  )
}
