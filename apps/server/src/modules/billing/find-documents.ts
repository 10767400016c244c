import type { OrderDocument } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'

interface Row extends Omit<OrderDocument, 'issuedAt'> {
  readonly issuedAt: Date
}

const documentsMax = 100

/**
 * Invoices and credit notes of an order, first to last. With `personId` only that person's: another's order has none,
 * as if it did not exist.
 */
export async function findDocuments(
  db: Reader,
  { orderId, personId }: { orderId: string; personId: string | null },
): Promise<OrderDocument[]> {
  const { rows } = await sql<Row>`
    select document.id, document.kind, document.number, document.of_number as "ofNumber", document.reason,
      document.issued_at as "issuedAt", document.total_paise as "totalPaise", document.is_cancelled as "isCancelled",
      file.document_id is not null as "isPrinted"
    from (
      select id, kind, number, null as of_number, null as reason, issued_at, total_paise, person_id,
        exists (select from billing.cancellation where document_id = invoice.id) as is_cancelled
      from billing.invoice where order_id = ${orderId}
      union all
      select note.id, 'credit_note', note.number, invoice.number, note.reason, note.issued_at, note.total_paise,
        invoice.person_id, false
      from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id
      where note.order_id = ${orderId}
    ) as document
    left join billing.document_file as file on file.document_id = document.id
    where ${personId}::uuid is null or document.person_id = ${personId}
    order by document.issued_at, document.id limit ${documentsMax}`.execute(db)
  return rows.map(row => ({ ...row, issuedAt: row.issuedAt.toISOString() }))
}

export interface StoredDocument {
  readonly key: string
  readonly number: string
}

/**
 * Where a printed document lies. Refuses `not_found` for an id that is none's, or with `personId` another person's,
 * and `document_not_ready` in the seconds before it is printed.
 */
export async function findStoredDocument(
  db: Reader,
  { id, personId }: { id: string; personId: string | null },
): Promise<StoredDocument> {
  const { rows } = await sql<{ key: string | null; number: string }>`
    select file.key, document.number
    from (
      select id, number, person_id from billing.invoice where id = ${id}
      union all
      select note.id, note.number, invoice.person_id
      from billing.credit_note as note join billing.invoice on invoice.id = note.invoice_id where note.id = ${id}
    ) as document
    left join billing.document_file as file on file.document_id = document.id
    where ${personId}::uuid is null or document.person_id = ${personId}`.execute(db)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such document.')
  const { key, number } = found
  if (key !== null) return { key, number }
  throw new Refusal(
    'document_not_ready',
    'This document is being printed. Try again in a moment.',
    {
      retryAfterSeconds: 3,
    },
  )
}
