import type { RefundShown } from '@janta/contracts'

export interface ClockStep {
  readonly step: 'decided' | 'sent' | 'settled'
  readonly at: string | null
  readonly state: 'done' | 'now' | 'later' | 'stopped'
}

/** Where a refund stands: decided, with the bank, in the account. One not decided yet has no clock. */
export function refundClock(refund: RefundShown): ClockStep[] {
  if (refund.state === 'proposed' || refund.state === 'withdrawn') return []
  const isSettled = refund.state === 'settled'
  const hasFailed = refund.state === 'failed'
  return [
    { step: 'decided', at: refund.askedAt, state: refund.state === 'asked' ? 'now' : 'done' },
    {
      step: 'sent',
      at: refund.sentAt,
      state: hasFailed ? 'stopped' : isSettled ? 'done' : refund.state === 'sent' ? 'now' : 'later',
    },
    { step: 'settled', at: refund.settledAt, state: isSettled ? 'done' : 'later' },
  ]
}

/** True when the day that was promised is over and the money is not there; `today` is the day in India. */
export function isRefundLate(refund: RefundShown, today: string): boolean {
  const isUnderWay = ['asked', 'sent', 'failed'].includes(refund.state)
  return isUnderWay && refund.expectedBy !== null && refund.expectedBy < today
}
