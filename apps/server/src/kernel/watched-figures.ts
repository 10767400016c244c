/**
 * The few figures that somebody outside must see: an alarm or a dashboard reads each from the log line a process
 * writes for it (`measuring.ts`), so CloudWatch is given nine numbers and not all of them. Data alone, because the
 * infrastructure (infra/stacks/figures.ts) makes its filters from the same table.
 */
export interface WatchedFigure {
  /** A declared metric; a figure nobody declared is never written and fails a test. */
  readonly name: string
  /** The labels that count; none for all of the metric's measurements. */
  readonly labels: readonly string[]
  /** `total` adds up what happened, `most` keeps the worst that was seen. */
  readonly read: 'total' | 'most'
  readonly meaning: string
}

export const watchedFigures = {
  OldestJobSeconds: {
    name: 'jobs.oldest_ready',
    labels: [],
    read: 'most',
    meaning: 'Seconds the oldest ready job waits',
  },
  JobsGivenUp: {
    name: 'jobs.given_up',
    labels: [],
    read: 'most',
    meaning: 'Jobs that failed as often as they may',
  },
  OrdersPlaced: {
    name: 'business.events',
    labels: ['ordering.order_placed'],
    read: 'total',
    meaning: 'Orders placed',
  },
  ReviewSeconds: {
    name: 'prescriptions.review_time',
    labels: [],
    read: 'most',
    meaning: 'Seconds from a complete upload to the pharmacist’s decision',
  },
  ReviewWaitingSeconds: {
    name: 'prescriptions.oldest_waiting',
    labels: [],
    read: 'most',
    meaning: 'Seconds the oldest prescription waits, in the pharmacy’s hours',
  },
  PaymentFailures: {
    name: 'payments.failures',
    labels: [],
    read: 'total',
    meaning: 'Payments, refunds and webhooks that failed on our side or at the gateway',
  },
  CodesNotSent: {
    name: 'identity.sign_in_codes',
    labels: ['refused', 'away'],
    read: 'total',
    meaning: 'Codes to sign in that the SMS provider did not send',
  },
  StockDiscrepancies: {
    name: 'stock.discrepancies',
    labels: [],
    read: 'most',
    meaning: 'Balances that differ from the ledger',
  },
  RegisterGaps: {
    name: 'dispensing.register_gaps',
    labels: [],
    read: 'most',
    meaning: 'Numbers missing in a register, or a broken chain',
  },
} as const satisfies Record<string, WatchedFigure>

export type WatchedFigureName = keyof typeof watchedFigures
