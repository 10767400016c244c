import type { OrderState } from '@janta/contracts'

/** The colour of a state; the word always stands in it. */
export const stateTones = {
  placed: 'warn',
  packed: 'info',
  out_for_delivery: 'info',
  delivered: 'ok',
  returned: 'bad',
  cancelled: 'neutral',
} as const satisfies Record<OrderState, string>
