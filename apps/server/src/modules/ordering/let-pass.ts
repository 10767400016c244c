import { emit } from '#kernel/events'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { askForMoney } from './ask-for-money.ts'
import { cancel } from './cancel-order.ts'
import { holdAnew } from './hold-anew.ts'
import { holdHours, payByLinkHours } from './hold-hours.ts'
import { enterState, type LockedOrder, type Step } from './order-step.ts'

/**
 * Nothing about prescriptions stands in the way of a locked order any more: one paid online waits for its money, any
 * other is placed. When the shelf cannot fill it any more it is cancelled, which the customer is told by the event.
 */
export async function letPass(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  actor: Step['actor'],
): Promise<void> {
  const isPaid = order.creditPaise === order.totalPaise
  if (order.paymentMethod === 'cash_on_delivery' || isPaid) return place(tx, caller, order, actor)
  if (!(await holdAnew(tx, caller, order.id, payByLinkHours))) {
    return cancel(tx, caller, order, { reason: 'out_of_stock', actor: 'system' })
  }
  await enterState(tx, caller, order, { state: 'awaiting_payment', actor })
  await emit(tx, caller, 'ordering.order_awaiting', {
    orderId: order.id,
    state: 'awaiting_payment',
  })
  await askForMoney(tx, caller, order.id)
}

/** Places a locked order that waits for nothing any more, or cancels it when the shelf cannot fill it. */
export async function place(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  actor: Step['actor'],
): Promise<void> {
  if (!(await holdAnew(tx, caller, order.id, holdHours.placed))) {
    return cancel(tx, caller, order, { reason: 'out_of_stock', actor: 'system' })
  }
  await enterState(tx, caller, order, { state: 'placed', actor })
  await emit(tx, caller, 'ordering.order_placed', { orderId: order.id })
}
