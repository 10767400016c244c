import type { Intent } from './intent-row.ts'
import type { PaymentSnapshot } from './gateway.ts'

export type Verdict =
  /** Heard before, or older than what we know. */
  | { readonly act: 'nothing' }
  /** Worth writing down; the intent stays as it is. */
  | { readonly act: 'note' }
  | { readonly act: 'move'; readonly to: 'failed' | 'authorised' }
  | { readonly act: 'capture'; readonly isLate: boolean }
  /** Money we did not ask for or no longer want goes back by itself. */
  | { readonly act: 'capture_and_refund' }
  | { readonly act: 'refund_second' }
  /** Money of another amount or currency than the order's: a person decides. */
  | { readonly act: 'hold'; readonly reason: 'amount_differs' | 'currency_differs' }

const ranks = { created: 0, failed: 1, authorised: 2, captured: 3 } as const

/**
 * What one more word about a payment means, whoever says it and in whatever order: the heart of `applySnapshot`. A
 * payment goes forward only (a failed one may still be captured, domain 6.2); so does the intent.
 */
export function judgeSnapshot(
  intent: Pick<Intent, 'state' | 'amountPaise' | 'isLate' | 'closedAt' | 'paidBy'>,
  known: { readonly state: PaymentSnapshot['state'] },
  snapshot: PaymentSnapshot,
): Verdict {
  if (ranks[snapshot.state] <= ranks[known.state]) return { act: 'nothing' }
  if (snapshot.state === 'failed') {
    return intent.state === 'created' ? { act: 'move', to: 'failed' } : { act: 'note' }
  }
  const reason = differenceOf(intent, snapshot)
  if (reason) return { act: 'hold', reason }
  if (snapshot.state === 'authorised') {
    const isOpen = intent.paidBy === null && intent.closedAt === null
    return isOpen && intent.state !== 'authorised'
      ? { act: 'move', to: 'authorised' }
      : { act: 'note' }
  }
  if (intent.paidBy !== null) return { act: 'refund_second' }
  if (intent.closedAt !== null) return { act: 'capture_and_refund' }
  return { act: 'capture', isLate: intent.isLate || intent.state === 'expired' }
}

function differenceOf(intent: Pick<Intent, 'amountPaise'>, snapshot: PaymentSnapshot) {
  if (snapshot.currency !== 'INR') return 'currency_differs' as const
  return snapshot.amountPaise === intent.amountPaise ? undefined : ('amount_differs' as const)
}
