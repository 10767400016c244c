/**
 * The life of an order as a table, shared by the server that decides and the screens that show.
 *
 * | state                 | entered when                              | leaves to                              |
 * |-----------------------|-------------------------------------------|----------------------------------------|
 * | awaiting_prescription | a medicine of it needs a pharmacist's yes | awaiting_choice, awaiting_payment, placed, cancelled |
 * | awaiting_choice       | only part of it was approved              | awaiting_prescription (another paper), awaiting_payment, placed, cancelled |
 * | awaiting_payment      | it is paid online and nothing else is open | placed, cancelled                     |
 * | placed                | nothing stands in the way of packing      | packed, cancelled                      |
 * | packed                | every unit was picked from a batch        | out_for_delivery, delivered (collected), cancelled |
 * | out_for_delivery      | handed to the rider                       | delivered, returned                    |
 * | delivered             | the receiver took it                      | (end)                                  |
 * | returned              | refused at the door, back in quarantine   | (end)                                  |
 * | cancelled             | by the customer, staff or a lapsed hold   | (end)                                  |
 *
 * Whatever waits for somebody holds its stock until a named time and is cancelled then.
 */
export const orderStates = [
  'awaiting_prescription',
  'awaiting_choice',
  'awaiting_payment',
  'placed',
  'packed',
  'out_for_delivery',
  'delivered',
  'returned',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** Stock is held for an order in these states, and a lapsed hold cancels it. */
export const heldStates = [
  'awaiting_prescription',
  'awaiting_choice',
  'awaiting_payment',
  'placed',
] as const satisfies readonly OrderState[]

/** What may happen to an order, by its state. A screen disables what this refuses, and says why. */
export const orderMay = {
  choose: ['awaiting_choice'],
  /** A sharper photo, or the paper the doctor wrote anew. */
  add_prescription: ['awaiting_prescription', 'awaiting_choice'],
  pay: ['awaiting_payment'],
  pack: ['placed'],
  cancel_by_customer: heldStates,
  cancel_by_staff: [...heldStates, 'packed'],
  hand_over: ['packed'],
  collect: ['packed'],
  deliver: ['out_for_delivery'],
  return_to_store: ['out_for_delivery'],
} as const satisfies Record<string, readonly OrderState[]>
export type OrderAct = keyof typeof orderMay

export function mayOrder(act: OrderAct, state: OrderState): boolean {
  const states: readonly OrderState[] = orderMay[act]
  return states.includes(state)
}

/** How often a pharmacist looks at one order; its packs are held anew each time, and others want them, too. */
export const prescriptionRoundsMax = 3

export const cancelReasons = [
  'ordered_by_mistake',
  'found_elsewhere',
  'too_slow',
  'doctor_changed',
  'out_of_stock',
  'customer_unreachable',
  'not_packed_in_time',
  'prescription_refused',
  'not_answered_in_time',
  'not_paid_in_time',
  'other',
] as const
export type CancelReason = (typeof cancelReasons)[number]

/** Where the customer gets it. H1 medicines are only collected, where the original prescription is seen. */
export const fulfilments = ['delivery', 'pickup'] as const
export type Fulfilment = (typeof fulfilments)[number]

/** How it is paid: at the door or the counter, or online before it is packed. */
export const paymentMethods = ['cash_on_delivery', 'prepaid'] as const
export type PaymentMethod = (typeof paymentMethods)[number]
