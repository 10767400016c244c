import assert from 'node:assert/strict'

export interface BackBySource {
  /** Goes back as money: to the bank it came from, or in cash. */
  readonly moneyPaise: number
  /** Was store credit and becomes it again. */
  readonly creditPaise: number
}

/**
 * Parts what goes back of an order by what it was paid with: money first, as far as money was paid and did not go back
 * yet, then store credit. So all that goes back is, by source, what came, and nobody who returns one pack of several
 * gets credit while the pharmacy still has her money (docs/decisions/0015).
 */
export function backBySource(
  amountPaise: number,
  left: { readonly moneyLeftPaise: number; readonly creditLeftPaise: number },
): BackBySource {
  const moneyPaise = Math.max(0, Math.min(amountPaise, left.moneyLeftPaise))
  const creditPaise = amountPaise - moneyPaise
  assert(creditPaise <= left.creditLeftPaise, 'no more goes back than was paid')
  return { moneyPaise, creditPaise }
}
