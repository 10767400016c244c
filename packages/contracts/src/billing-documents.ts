import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf, Paise } from './shapes.ts'

export const documentKinds = [
  'tax_invoice',
  'bill_of_supply',
  'invoice_cum_bill',
  'credit_note',
] as const

/** An invoice or a credit note of an order. */
export const OrderDocument = Type.Object({
  id: Id,
  kind: oneOf(documentKinds),
  number: Type.String(),
  /** Of a credit note: the invoice it belongs to, and why. */
  ofNumber: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  issuedAt: Instant,
  totalPaise: Paise,
  isCancelled: Type.Boolean(),
  /** Printed within seconds of its issue; before that it cannot be opened. */
  isPrinted: Type.Boolean(),
})
export type OrderDocument = Static<typeof OrderDocument>

/** A link that opens one file for so many seconds. */
export const FileLink = Type.Object({ url: Type.String(), seconds: Type.Integer() })
export type FileLink = Static<typeof FileLink>

const documents = Type.Object({ items: Type.Array(OrderDocument, { maxItems: 100 }) })
const params = Type.Object({ id: Id })
const usual = ['malformed_request', 'sign_in_needed'] as const

export const listMyOrderDocuments = endpoint({
  method: 'GET',
  path: '/me/orders/:id/documents',
  summary: 'Invoices and credit notes of an order of mine; of anybody else’s there are none',
  tag: 'billing',
  status: 200,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'none',
  params,
  reply: documents,
  refusals: usual,
})

export const getMyDocument = endpoint({
  method: 'GET',
  path: '/me/documents/:id',
  summary: 'A short-lived link to an invoice or credit note of mine',
  tag: 'billing',
  status: 200,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'billing.document_opened',
  params,
  reply: FileLink,
  refusals: [...usual, 'not_found', 'document_not_ready'],
})

export const listOrderDocuments = endpoint({
  method: 'GET',
  path: '/billing/orders/:id/documents',
  summary: 'Invoices and credit notes of an order, for the counter',
  tag: 'billing',
  status: 200,
  permission: 'billing.view',
  ownership: 'none',
  audit: 'none',
  params,
  reply: documents,
  refusals: [...usual, 'not_allowed'],
})

export const getDocument = endpoint({
  method: 'GET',
  path: '/billing/documents/:id',
  summary: 'A short-lived link to an invoice or credit note, to print it at the counter',
  tag: 'billing',
  status: 200,
  permission: 'billing.view',
  ownership: 'none',
  audit: 'billing.document_opened',
  params,
  reply: FileLink,
  refusals: [...usual, 'not_allowed', 'not_found', 'document_not_ready'],
})
