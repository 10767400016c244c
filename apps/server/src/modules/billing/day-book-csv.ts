import { csvRow } from '@janta/contracts'
import { plainRupees } from './gstr1-csv.ts'
import type { Voucher } from './tally-xml.ts'

const heads = [
  'date',
  'number',
  'kind',
  'payment',
  'taxable',
  'cgst',
  'sgst_utgst',
  'igst',
  'rounding',
  'total',
]

/** The day book as a spreadsheet reads it; what was credited stands below nothing. */
export function dayBookCsv(vouchers: readonly Voucher[]): string {
  const rows = vouchers.map(({ rates, ...voucher }) => {
    const sign = voucher.kind === 'credit_note' ? -1 : 1
    const sum = (of: (rate: (typeof rates)[number]) => number) =>
      plainRupees(sign * rates.reduce((all, one) => all + of(one), 0))
    return [
      voucher.issuedOn,
      voucher.number,
      voucher.kind,
      voucher.payment,
      sum(one => one.taxablePaise),
      sum(one => one.cgstPaise),
      sum(one => one.sgstPaise),
      sum(one => one.igstPaise),
      plainRupees(sign * voucher.roundOffPaise),
      plainRupees(sign * voucher.totalPaise),
    ]
  })
  return [heads, ...rows].map(csvRow).join('')
}
