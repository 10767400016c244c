import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { InvoiceKind } from './document-kind.ts'

export interface InvoiceFound {
  readonly invoiceId: string
  readonly orderId: string
  readonly number: string
  readonly kind: InvoiceKind
  readonly issuedAt: Date
  readonly totalPaise: number
  readonly roundOffPaise: number
  readonly isCancelled: boolean
  /** Whether it is printed; a job does that within seconds. */
  readonly isPrinted: boolean
}

export interface CreditNoteFound {
  readonly creditNoteId: string
  readonly orderId: string
  readonly invoiceNumber: string
  readonly number: string
  readonly reason: string
  readonly issuedAt: Date
  readonly totalPaise: number
  readonly isPrinted: boolean
}

const documentsMax = 2_000

/** The invoices of these orders, the standing one of each last; an order without any is absent. */
export async function findInvoices(
  db: Reader,
  orderIds: readonly string[],
): Promise<Map<string, InvoiceFound[]>> {
  const { rows } = await sql<InvoiceFound>`
    select invoice.id as "invoiceId", order_id as "orderId", number, kind, issued_at as "issuedAt",
      total_paise as "totalPaise", round_off_paise as "roundOffPaise",
      cancellation.document_id is not null as "isCancelled", file.document_id is not null as "isPrinted"
    from billing.invoice
    left join billing.cancellation on cancellation.document_id = invoice.id
    left join billing.document_file as file on file.document_id = invoice.id
    where order_id = any(${orderIds as string[]}::uuid[])
    order by order_id, invoice.id limit ${documentsMax}`.execute(db)
  return Map.groupBy(rows, row => row.orderId)
}

/** The credit notes of these orders, first to last; an order without any is absent. */
export async function findCreditNotes(
  db: Reader,
  orderIds: readonly string[],
): Promise<Map<string, CreditNoteFound[]>> {
  const { rows } = await sql<CreditNoteFound>`
    select note.id as "creditNoteId", note.order_id as "orderId", invoice.number as "invoiceNumber", note.number,
      note.reason, note.issued_at as "issuedAt", note.total_paise as "totalPaise",
      file.document_id is not null as "isPrinted"
    from billing.credit_note as note
    join billing.invoice on invoice.id = note.invoice_id
    left join billing.document_file as file on file.document_id = note.id
    where note.order_id = any(${orderIds as string[]}::uuid[])
    order by note.order_id, note.id limit ${documentsMax}`.execute(db)
  return Map.groupBy(rows, row => row.orderId)
}
