import type { OrderState } from '@janta/contracts'

/** How long an order's packs wait on the shelf for somebody before they are free for others again. */
export const holdHours = {
  /** A pharmacist looks within hours; the second day is for a question to the customer. */
  awaiting_prescription: 48,
  awaiting_choice: 48,
  /** At checkout the customer is there and pays at once. */
  awaiting_payment: 1,
  placed: 48,
} as const satisfies Partial<Record<OrderState, number>>

/** After a pharmacist's yes the customer is called back by a link, and may be asleep. */
export const payByLinkHours = 24

/** From placing to the counter, for an order that is collected. */
export const collectWithinHours = { min: 1, max: 24 } as const

/** What an order waits for first. */
export function firstStateOf(order: {
  lines: readonly { needsPrescription: boolean }[]
  paymentMethod: 'cash_on_delivery' | 'prepaid'
  /** Store credit pays all of it. */
  isPaid?: boolean
}): 'awaiting_prescription' | 'awaiting_payment' | 'placed' {
  if (order.lines.some(line => line.needsPrescription)) return 'awaiting_prescription'
  return order.paymentMethod === 'prepaid' && !order.isPaid ? 'awaiting_payment' : 'placed'
}
