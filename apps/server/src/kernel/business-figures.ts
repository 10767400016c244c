import { metrics } from '#kernel/metrics'

/**
 * What the pharmacy itself is judged by. Declared here and not in the modules that record them, so that their alarms
 * and dashboards stand before a module does; a module imports its figure and records into it.
 */
export const businessFigures = {
  /** Recorded once for each decision of a pharmacist, accepted or refused. */
  reviewTime: metrics.distribution({
    name: 'prescriptions.review_time',
    unit: 'seconds',
    meaning: 'From a complete upload to the pharmacist’s decision',
  }),
  /** Recorded each minute the pharmacy is open: nobody is late at night. */
  reviewWaiting: metrics.distribution({
    name: 'prescriptions.oldest_waiting',
    unit: 'seconds',
    meaning: 'How long the oldest undecided prescription waits, in the pharmacy’s hours',
  }),
  /** A customer who changes her mind at the gateway is no failure. */
  paymentFailures: metrics.counter({
    name: 'payments.failures',
    unit: 'count',
    meaning: 'What failed on our side or at the gateway, by kind',
    labels: ['payment', 'refund', 'webhook', 'reconciliation'],
  }),
  /** Measured once an hour over every register. */
  registerGaps: metrics.distribution({
    name: 'dispensing.register_gaps',
    unit: 'count',
    meaning:
      'Numbers missing in a register, or entries whose chain is broken: more than none is an alarm',
  }),
} as const
