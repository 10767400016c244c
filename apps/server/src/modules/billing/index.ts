import assert from 'node:assert/strict'
import type { Event } from '#kernel/events'
import type { Module, Surroundings } from '#kernel/module'
import { bookRoutes } from './book-routes.ts'
import { drawUpPeriod } from './draw-up-period.ts'
import { printDocument } from './print-document.ts'
import { documentRoutes } from './routes.ts'

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
export { findSeller, type Seller } from './find-seller.ts'
export { ink, inner, openPen, page, type Outline, type Pen } from './page-pen.ts'
export { expiryOnPack, momentInIndia } from './printed-figures.ts'
export { findPrintedInvoice } from './find-printed-document.ts'
export type { PrintedDocument } from './printed-document.ts'
export { loadSampleBilling } from './load-sample-billing.ts'

/** What was sold at which price and tax, on paper that never changes: invoices, credit notes, the books. */
export function billing(surroundings: Surroundings): Module {
  const { files } = surroundings
  return {
    name: 'billing',
    routes(app) {
      documentRoutes(app, surroundings)
      bookRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'billing.invoice_issued',
        task: 'billing.print_invoice',
        run: (database, event) =>
          printDocument(database, files, { kind: 'invoice', id: idOf(event, 'invoiceId') }),
      },
      {
        event: 'billing.credit_note_issued',
        task: 'billing.print_credit_note',
        run: (database, event) =>
          printDocument(database, files, { kind: 'credit_note', id: idOf(event, 'creditNoteId') }),
      },
      {
        event: 'billing.period_asked',
        task: 'billing.draw_up_period',
        run: (database, event) => drawUpPeriod(database, files, idOf(event, 'runId')),
      },
    ],
  }
}

function idOf(event: Event, name: string): string {
  const id = event.payload[name]
  assert(typeof id === 'string', `${event.name} names its ${name}`)
  return id
}
