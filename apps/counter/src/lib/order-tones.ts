import type { OrderState } from '@janta/contracts'

/** The colour of a state; the word always stands in it. */
export const stateTones = {
  awaiting_prescription: 'warn',
  awaiting_choice: 'neutral',
  awaiting_payment: 'neutral',
  placed: 'warn',
  packed: 'info',
  out_for_delivery: 'info',
  delivered: 'ok',
  returned: 'bad',
  cancelled: 'neutral',
} as const satisfies Record<OrderState, string>
