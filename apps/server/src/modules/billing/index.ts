import type { Module, Surroundings } from '#kernel/module'

export { cancelInvoice } from './cancel-invoice.ts'
export type { Returned, ReturnedLine } from './credit-request.ts'
export {
  type CreditNoteFound,
  findCreditNotes,
  findInvoices,
  type InvoiceFound,
} from './find-invoices.ts'
export type {
  DiscountShare,
  InvoiceLineInput,
  InvoiceRequest,
  PrescriptionOfLine,
} from './invoice-request.ts'
export { issueCreditNote, type IssuedCreditNote } from './issue-credit-note.ts'
export { type IssuedInvoice, issueInvoice } from './issue-invoice.ts'
export { loadSampleBilling } from './load-sample-billing.ts'

/** What was sold at which price and tax, on paper that never changes: invoices, credit notes, the books. */
export function billing(_surroundings: Surroundings): Module {
  return { name: 'billing' }
}
