import assert from 'node:assert/strict'
import { prescriptionRoundsMax } from '@janta/contracts'
import { sql } from 'kysely'
import { addToReview } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { cancel } from './cancel-order.ts'
import { holdAnew } from './hold-anew.ts'
import { holdHours } from './hold-hours.ts'
import { assertMay, enterState, type LockedOrder, lockOrder } from './order-step.ts'

/**
 * The customer lays another paper before the pharmacist: a sharper photo while she still looks, or, where only part was
 * approved, the prescription she waited for. Then the order is looked at again, with its packs held anew, and what was
 * approved stays approved; when the shelf cannot fill it any more it is cancelled. Refuses `order_state_forbids`, also
 * after so many papers that she has to choose, and as `addToReview`.
 */
export async function addPrescription(
  database: Database,
  caller: Caller,
  { id, uploadIds }: { id: string; uploadIds: readonly string[] },
): Promise<void> {
  const { personId } = caller
  assert(personId, 'a customer sends it, never the machinery')
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, id, personId)
    assertMay('add_prescription', order)
    const mayReopen = order.state === 'awaiting_choice'
    if (mayReopen) await assertRoundLeft(tx, id)
    const files = { orderId: id, personId, uploadIds, mayReopen }
    if ((await addToReview(tx, caller, files)) === 'settled') throw justSettled()
    if (mayReopen) await lookAgain(tx, caller, order)
  })
}

async function lookAgain(tx: Tx, caller: Caller, order: LockedOrder): Promise<void> {
  const state = 'awaiting_prescription'
  await enterState(tx, caller, order, { state, actor: 'customer' })
  await emit(tx, caller, 'ordering.order_awaiting', { orderId: order.id, state })
  if (await holdAnew(tx, caller, order.id, holdHours[state])) return
  await cancel(tx, caller, { ...order, state }, { reason: 'out_of_stock', actor: 'system' })
}

/** Waiting has an end: each paper holds the packs anew. */
async function assertRoundLeft(tx: Tx, orderId: string): Promise<void> {
  const { rows } = await sql<{ rounds: number }>`
    select count(*)::integer as rounds from ordering.order_event
    where order_id = ${orderId} and state = 'awaiting_prescription'`.execute(tx)
  if (rows[0]!.rounds < prescriptionRoundsMax) return
  throw new Refusal(
    'order_state_forbids',
    `A pharmacist has looked at this order ${prescriptionRoundsMax} times. Take what is approved, or cancel it and order again.`,
  )
}

function justSettled(): Refusal {
  return new Refusal(
    'order_state_forbids',
    'The pharmacist has just decided. Look at the order again; nothing was lost.',
  )
}
