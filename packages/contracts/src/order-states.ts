/**
 * The life of an order as a table, shared by the server that decides and the screens that show.
 *
 * | state            | entered when                         | leaves to                        |
 * |------------------|--------------------------------------|----------------------------------|
 * | placed           | checkout reserved the stock          | packed, cancelled                |
 * | packed           | every unit was picked from a batch   | out_for_delivery, cancelled      |
 * | out_for_delivery | handed to the rider                  | delivered, returned              |
 * | delivered        | the receiver took it                 | (end)                            |
 * | returned         | refused at the door, back in quarantine | (end)                         |
 * | cancelled        | by the customer, staff or a lapsed hold | (end)                         |
 */
export const orderStates = [
  'placed',
  'packed',
  'out_for_delivery',
  'delivered',
  'returned',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** What may happen to an order, by its state. A screen disables what this refuses, and says why. */
export const orderMay = {
  pack: ['placed'],
  cancel_by_customer: ['placed'],
  cancel_by_staff: ['placed', 'packed'],
  hand_over: ['packed'],
  deliver: ['out_for_delivery'],
  return_to_store: ['out_for_delivery'],
} as const satisfies Record<string, readonly OrderState[]>
export type OrderAct = keyof typeof orderMay

export function mayOrder(act: OrderAct, state: OrderState): boolean {
  const states: readonly OrderState[] = orderMay[act]
  return states.includes(state)
}

export const cancelReasons = [
  'ordered_by_mistake',
  'found_elsewhere',
  'too_slow',
  'doctor_changed',
  'out_of_stock',
  'customer_unreachable',
  'not_packed_in_time',
  'other',
] as const
export type CancelReason = (typeof cancelReasons)[number]
