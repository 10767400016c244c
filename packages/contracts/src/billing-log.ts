import { type Static, Type } from 'typebox'
import { books, orNull, usual } from './billing-shapes.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, oneOf } from './shapes.ts'

export const bookActs = [
  'seller_recorded',
  'tax_rate_recorded',
  'invoice_issued',
  'invoice_cancelled',
  'credit_note_issued',
] as const

export const LogEntry = Type.Object({
  id: Type.Integer(),
  at: Instant,
  act: oneOf(bookActs),
  objectId: Id,
  number: orNull(Type.String()),
  /** The person of the house who did it; null for a job. */
  by: orNull(Type.String()),
  /** Below nothing where it takes back. */
  totalPaise: orNull(Type.Integer()),
})
export type LogEntry = Static<typeof LogEntry>

export const listLogEntries = endpoint({
  ...books,
  method: 'GET',
  path: '/billing/log',
  summary: 'The edit log: every entry of the books with who and when, newest first',
  status: 200,
  audit: 'none',
  query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 1 })) }),
  reply: Type.Object({
    items: Type.Array(LogEntry, { maxItems: 50 }),
    next: orNull(Type.Integer()),
  }),
  refusals: usual,
})
