import type { BatchRow } from '@janta/contracts'

export type ShownState =
  | 'good'
  | 'sell_first'
  | 'expired'
  | Exclude<BatchRow['state'], 'sellable'>
  | 'blocked'

/** Months before its expiry within which a batch should leave first. */
const sellFirstMonths = 3

/** One word for a batch: what the server forbids comes before what merely is near its end. */
export function shownState(
  batch: Pick<BatchRow, 'state' | 'notIssuable'>,
  monthsLeft: number,
): ShownState {
  if (batch.state !== 'sellable') return batch.state
  if (monthsLeft < 0) return 'expired'
  if (batch.notIssuable) return 'blocked'
  return monthsLeft <= sellFirstMonths ? 'sell_first' : 'good'
}
