import type { Ledger } from './ledger.ts'

const columns = [
  'entity_id',
  'type',
  'debit',
  'credit',
  'amount',
  'currency',
  'fee',
  'tax',
  'settlement_id',
  'settlement_utr',
  'settled_at',
  'payment_id',
  'order_id',
  'method',
]

/** The settlement report of everything so far, as the gateway's dashboard gives it: rupees with two decimals. */
export function reportOf(ledger: Ledger): string {
  const settledAt = new Date().toISOString().slice(0, 10)
  const settlement = [
    `setl_${settledAt.replaceAll('-', '')}`,
    `UTR${settledAt.replaceAll('-', '')}`,
  ]
  const payments = ledger.payments
    .filter(one => one.captured)
    .map(one => [
      one.id,
      'payment',
      rupees(0),
      rupees(one.amount - one.fee),
      rupees(one.amount),
      one.currency,
      rupees(one.fee),
      rupees(one.tax),
      ...settlement,
      settledAt,
      '',
      one.order_id,
      one.method,
    ])
  const refunds = ledger.refunds
    .filter(one => one.status === 'processed')
    .map(one => [
      one.id,
      'refund',
      rupees(one.amount),
      rupees(0),
      rupees(one.amount),
      one.currency,
      rupees(0),
      rupees(0),
      ...settlement,
      settledAt,
      one.payment_id,
      '',
      '',
    ])
  return [columns, ...payments, ...refunds].map(row => row.join(',')).join('\r\n')
}

const rupees = (paise: number): string =>
  `${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}`
