import type { CancelReason, RefundReason } from '@janta/contracts'
import { issueCreditNote } from '#modules/billing'
import { takeBackSupply } from '#modules/dispensing'
import { withdrawReview } from '#modules/prescriptions'
import { giveBackUses } from '#modules/promotions'
import { releaseHold, returnToShelf } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { inTransaction, type Tx } from '#kernel/transaction'
import { giveMoneyBack } from './give-money-back.ts'
import { assertMay, enterState, type LockedOrder, lockOrder, type Step } from './order-step.ts'

/** The customer cancels her own order before it is packed; the packs are free for others at once. */
export async function cancelOrder(
  database: Database,
  caller: Caller,
  request: { id: string; reason: CancelReason },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id, caller.personId)
    assertMay('cancel_by_customer', order)
    await cancel(tx, caller, order, { reason: request.reason, actor: 'customer' })
  })
}

/** Staff cancel what has not left the store; a packed order's packs go back to the batches they came from. */
export async function cancelOrderByStaff(
  database: Database,
  caller: Caller,
  request: { id: string; reason: CancelReason },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, request.id)
    assertMay('cancel_by_staff', order)
    await cancel(tx, caller, order, { reason: request.reason, actor: 'staff' })
  })
}

/**
 * Cancels a locked order that may be cancelled: the pharmacist's question is withdrawn, money paid online goes back,
 * an invoice is credited, the packs are free. The stock's rows are hot, so they are touched last.
 */
export async function cancel(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  by: { reason: CancelReason; actor: Step['actor'] },
): Promise<void> {
  await enterState(tx, caller, order, { state: 'cancelled', ...by })
  await emit(tx, caller, 'ordering.order_cancelled', { orderId: order.id, reason: by.reason })
  if (order.state === 'awaiting_prescription' || order.state === 'awaiting_choice') {
    await withdrawReview(tx, caller, order.id)
  }
  await giveMoneyBack(tx, caller, order, refundReasonOf(by.reason))
  await giveBackUses(tx, order.id)
  if (order.state === 'packed') {
    await takeBackSupply(tx, caller, { orderId: order.id, reason: 'Cancelled before it left' })
    await issueCreditNote(tx, caller, { orderId: order.id, reason: 'cancelled', lines: 'all' })
    await returnToShelf(tx, caller, order.id)
  } else await releaseHold(tx, caller, order.id)
}

function refundReasonOf(reason: CancelReason): RefundReason {
  if (reason === 'out_of_stock') return 'out_of_stock'
  return reason === 'prescription_refused' ? 'prescription_not_approved' : 'order_cancelled'
}
