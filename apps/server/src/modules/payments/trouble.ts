import { businessFigures } from '#kernel/business-figures'

/** Counts what a person should look at; the ageing list says which payment or refund it is. */
export function recordTrouble(kind: 'payment' | 'refund' | 'webhook' | 'reconciliation'): void {
  businessFigures.paymentFailures.add(1, kind)
}
