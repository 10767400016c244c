import { findReviews } from '#modules/prescriptions'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction } from '#kernel/transaction'
import { approvedOf, standsAsApproved } from './approved-line.ts'
import { cancel } from './cancel-order.ts'
import { letPass } from './let-pass.ts'
import { findPlaced } from './find-placed-lines.ts'
import { holdAnew } from './hold-anew.ts'
import { holdHours } from './hold-hours.ts'
import { enterState, lockOrder } from './order-step.ts'

const caller = systemCaller('ordering.continue_after_review')

/**
 * A pharmacist decided on the prescription of an order. All approved: it goes on. Part approved: the customer chooses,
 * nothing is taken out behind her back. Nothing approved and nothing else in it: it is cancelled. Again is harmless.
 */
export async function continueAfterReview(database: Database, orderId: string): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, orderId)
    if (order.state !== 'awaiting_prescription') return
    const review = (await findReviews(tx, [orderId])).get(orderId)
    if (review?.state !== 'decided') return
    const remains = (await findPlaced(tx, orderId)).map(line => approvedOf(line, review))
    if (remains.every(standsAsApproved)) return letPass(tx, caller, order, 'system')
    if (remains.every(one => one.leftPacks === 0)) {
      return cancel(tx, caller, order, { reason: 'prescription_refused', actor: 'system' })
    }
    await enterState(tx, caller, order, { state: 'awaiting_choice', actor: 'system' })
    await emit(tx, caller, 'ordering.order_awaiting', { orderId, state: 'awaiting_choice' })
    if (await holdAnew(tx, caller, orderId, holdHours.awaiting_choice)) return
    await cancel(
      tx,
      caller,
      { ...order, state: 'awaiting_choice' },
      { reason: 'out_of_stock', actor: 'system' },
    )
  })
}
