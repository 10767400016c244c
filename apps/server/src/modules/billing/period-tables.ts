import type { DocumentKind } from './next-number.ts'

/** Above this an invoice to a consumer in another state is listed by itself (table 5; Rs 1 lakh since August 2024). */
export const largeInvoicePaise = 1_00_000_00

/** Of whom, and which month: its first day and the first of the next. */
export interface PeriodAsked {
  readonly gstin: string
  readonly month: string
  readonly hsnDigits: number
}

/** Sums of one row of the return, in paise; credit notes are already taken off where a table is net of them. */
export interface Sums {
  readonly taxablePaise: number
  readonly igstPaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
}

/** One rate of one document that the return lists by itself (tables 4, 5 and 9B). */
export interface DocumentRate extends Sums {
  readonly documentId: string
  readonly number: string
  /** 'YYYY-MM-DD' */
  readonly issuedOn: string
  readonly valuePaise: number
  readonly placeOfSupply: string
  readonly recipientGstin: string | null
  readonly rateBasisPoints: number
}

/** Table 7: everything else to consumers. */
export interface ConsumerSupply extends Sums {
  readonly isInter: boolean
  readonly placeOfSupply: string
  readonly rateBasisPoints: number
}

/** Table 8: what carries no tax. */
export interface NilSupply {
  readonly isInter: boolean
  readonly isRegistered: boolean
  readonly nilPaise: number
}

/** Table 12. */
export interface HsnSupply extends Sums {
  readonly isRegistered: boolean
  readonly hsn: string
  readonly uqc: string
  readonly rateBasisPoints: number
  readonly quantity: number
}

/** Table 13: one run of numbers of one series. */
export interface IssuedSeries {
  readonly kind: DocumentKind
  readonly from: string
  readonly to: string
  /** Numbers between the two, by counting on from one to the other. */
  readonly spanned: number
  readonly issued: number
  readonly cancelled: number
}

/** What the documents themselves say, to hold the tables against. */
export interface HeaderSums extends Sums {
  readonly invoices: number
  readonly creditNotes: number
  readonly invoicedPaise: number
  readonly creditedPaise: number
}

export interface Period {
  readonly gstin: string
  /** 'YYYY-MM' */
  readonly month: string
  readonly registered: readonly DocumentRate[]
  readonly large: readonly DocumentRate[]
  readonly consumers: readonly ConsumerSupply[]
  readonly nil: readonly NilSupply[]
  readonly notesRegistered: readonly DocumentRate[]
  readonly notesLarge: readonly DocumentRate[]
  readonly hsn: readonly HsnSupply[]
  readonly series: readonly IssuedSeries[]
  readonly headers: HeaderSums
}
