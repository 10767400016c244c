import type { IntentState, RefundState, settlementVerdicts } from '@janta/contracts'

type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info'

export const intentTones = {
  created: 'warn',
  failed: 'warn',
  expired: 'neutral',
  authorised: 'info',
  captured: 'ok',
  part_refunded: 'info',
  refunded: 'neutral',
} as const satisfies Record<IntentState, Tone>

export const refundTones = {
  proposed: 'warn',
  asked: 'info',
  sent: 'info',
  failed: 'bad',
  settled: 'ok',
  withdrawn: 'neutral',
} as const satisfies Record<RefundState, Tone>

export const verdictTones = {
  matched: 'ok',
  extra: 'bad',
  amount_differs: 'bad',
  repeated: 'warn',
  other: 'neutral',
} as const satisfies Record<(typeof settlementVerdicts)[number], Tone>
