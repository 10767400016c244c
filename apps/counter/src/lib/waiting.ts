import type { OrderState } from '@janta/contracts'

/** Minutes from placing within which an order should be packed; the line the queue is read against. */
export const packTargetMinutes = 30
/** An order not yet with the rider this close to its promise needs someone now. */
export const promiseNearMinutes = 60

export type Urgency = 'late' | 'soon' | 'in_time' | 'over'

interface WaitingOrder {
  state: OrderState
  placedAt: string
  promisedBy: string
}

/** `late`: the promise is broken; `soon`: past the packing target or near the promise; `over`: nothing waits. */
export function urgencyOf(order: WaitingOrder, now: Date): Urgency {
  if (order.state === 'delivered' || order.state === 'returned' || order.state === 'cancelled') {
    return 'over'
  }
  const left = minutesBetween(now, order.promisedBy)
  if (left < 0) return 'late'
  if (order.state === 'placed' && minutesWaiting(order, now) >= packTargetMinutes) return 'soon'
  return left < promiseNearMinutes ? 'soon' : 'in_time'
}

/** Whole minutes since the order was placed, never negative: a clock ahead of ours is no reason for "-1 min". */
export function minutesWaiting(order: Pick<WaitingOrder, 'placedAt'>, now: Date): number {
  return Math.max(0, -minutesBetween(now, order.placedAt))
}

/** How many rows, longest waiting first, are past the packing target: where the target line is drawn. */
export function rowsPastTarget(orders: readonly WaitingOrder[], now: Date): number {
  return orders.filter(
    order => order.state === 'placed' && minutesWaiting(order, now) >= packTargetMinutes,
  ).length
}

function minutesBetween(now: Date, instant: string): number {
  return Math.floor((new Date(instant).getTime() - now.getTime()) / 60_000)
}
