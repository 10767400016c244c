import { Refusal } from '#kernel/refusal'

/** What an invoice is called, by what is on it; each kind has a number series of its own. */
export const invoiceKinds = ['tax_invoice', 'bill_of_supply', 'invoice_cum_bill'] as const
export type InvoiceKind = (typeof invoiceKinds)[number]

/**
 * All taxable: Tax Invoice. All nil or exempt: Bill of Supply. Both, to somebody unregistered: one Invoice-cum-Bill of
 * Supply (rule 46A). Both, to a registered buyer: refuses `invoice_mixed_supply`, because he needs two documents.
 */
export function invoiceKindOf(
  lines: readonly { readonly rateBasisPoints: number }[],
  isBuyerRegistered: boolean,
): InvoiceKind {
  const taxable = lines.filter(line => line.rateBasisPoints > 0).length
  if (taxable === 0) return 'bill_of_supply'
  if (taxable === lines.length) return 'tax_invoice'
  if (!isBuyerRegistered) return 'invoice_cum_bill'
  throw new Refusal(
    'invoice_mixed_supply',
    'A registered buyer needs taxed and untaxed goods on two documents. Sell them as two orders.',
  )
}
