import { type Static, Type } from 'typebox'
import { documentKinds, FileLink } from './billing-documents.ts'
import { books, orNull, usual } from './billing-shapes.ts'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant, Month, oneOf } from './shapes.ts'

const strict = { additionalProperties: false } as const
/** Sums of many documents, and what was credited, so below nothing too. */
const Sum = Type.Integer()

export const Seller = Type.Object({
  id: Id,
  storeId: Id,
  effectiveFrom: Day,
  legalName: Type.String(),
  tradeName: Type.String(),
  addressLines: Type.Array(Type.String()),
  pin: Type.String(),
  stateCode: Type.String(),
  gstin: Type.String(),
  drugLicences: Type.Array(Type.String()),
  fssaiNumber: orNull(Type.String()),
  phone: orNull(Type.String()),
  email: orNull(Type.String()),
  hsnDigits: Type.Union([Type.Literal(4), Type.Literal(6)]),
  deliveryTreatment: oneOf(['own_service', 'follows_goods'] as const),
  isSample: Type.Boolean(),
})
export type Seller = Static<typeof Seller>

export const getSeller = endpoint({
  ...books,
  // Name, GSTIN and licence stand on every paper the shop gives out.
  permission: 'stock.view',
  method: 'GET',
  path: '/billing/seller',
  summary: 'Who sells, as today’s documents print it; null before anybody entered it',
  status: 200,
  audit: 'none',
  reply: Type.Object({ storeId: Id, seller: orNull(Seller) }),
  refusals: usual,
})

const paymentMethods = ['cash_on_delivery', 'prepaid'] as const

export const DayBook = Type.Object({
  day: Day,
  /** False for a day with more documents than one page shows; the month's file has them all. */
  isWhole: Type.Boolean(),
  items: Type.Array(
    Type.Object({
      id: Id,
      kind: oneOf(documentKinds),
      number: Type.String(),
      issuedAt: Instant,
      paymentMethod: oneOf(paymentMethods),
      orderId: Id,
      taxablePaise: Sum,
      taxPaise: Sum,
      totalPaise: Sum,
      isCancelled: Type.Boolean(),
    }),
    { maxItems: 500 },
  ),
  totals: Type.Array(
    Type.Object({
      paymentMethod: oneOf(paymentMethods),
      invoices: Type.Integer(),
      creditNotes: Type.Integer(),
      invoicedPaise: Sum,
      creditedPaise: Sum,
      taxPaise: Sum,
    }),
  ),
})
export type DayBook = Static<typeof DayBook>

export const getDayBook = endpoint({
  ...books,
  method: 'GET',
  path: '/billing/day-book',
  summary: 'A day’s invoices and credit notes and what they come to; today when no day is given',
  status: 200,
  audit: 'none',
  query: Type.Object({ day: Type.Optional(Day) }),
  reply: DayBook,
  refusals: usual,
})

export const periodChecks = [
  'registered_agree',
  'consumers_agree',
  'documents_agree',
  'numbers_follow',
  'documents_counted',
] as const

export const PeriodRun = Type.Object({
  id: Id,
  month: Month,
  gstin: Type.String(),
  askedAt: Instant,
  /** Null while a job draws them up. */
  isConsistent: orNull(Type.Boolean()),
  checks: Type.Array(
    Type.Object({ name: oneOf(periodChecks), isRight: Type.Boolean(), here: Sum, there: Sum }),
  ),
  totals: orNull(
    Type.Object({
      invoices: Type.Integer(),
      creditNotes: Type.Integer(),
      invoicedPaise: Sum,
      creditedPaise: Sum,
      taxablePaise: Sum,
      igstPaise: Sum,
      cgstPaise: Sum,
      sgstPaise: Sum,
    }),
  ),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer() })),
})
export type PeriodRun = Static<typeof PeriodRun>

export const listPeriodRuns = endpoint({
  ...books,
  method: 'GET',
  path: '/billing/periods',
  summary: 'The months’ books as they were drawn up, newest first, with their self-check',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(PeriodRun, { maxItems: 24 }) }),
  refusals: usual,
})

export const askForPeriod = endpoint({
  ...books,
  method: 'POST',
  path: '/billing/periods',
  summary: 'Draw up a month: GSTR-1 with self-check, day book, vouchers for Tally',
  status: 201,
  audit: 'billing.period_asked',
  idempotent: true,
  body: Type.Object({ month: Month }, strict),
  reply: Type.Object({ id: Id }),
  refusals: [...usual, 'idempotency_key_missing', 'idempotency_key_reused', 'seller_unknown'],
})

export const getPeriodFile = endpoint({
  ...books,
  method: 'GET',
  path: '/billing/periods/:id/file',
  summary: 'A short-lived link to one file of a month’s books',
  status: 200,
  audit: 'billing.period_file_opened',
  params: Type.Object({ id: Id }),
  query: Type.Object({
    name: Type.Optional(Type.String({ pattern: '^[a-z0-9.-]{1,40}$' })),
  }),
  reply: FileLink,
  refusals: [...usual, 'not_found'],
})
