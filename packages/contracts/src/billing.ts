import {
  askForPeriod,
  getDayBook,
  getPeriodFile,
  getSeller,
  listLogEntries,
  listPeriodRuns,
  listSellers,
  recordSeller,
} from './billing-books.ts'
import {
  getDocument,
  getMyDocument,
  listMyOrderDocuments,
  listOrderDocuments,
} from './billing-documents.ts'

export * from './billing-books.ts'
export * from './billing-documents.ts'
export * from './billing-seller.ts'

/** Documents and books, by operation id. */
export const billing = {
  listMyOrderDocuments,
  getMyDocument,
  listOrderDocuments,
  getDocument,
  getSeller,
  listSellers,
  recordSeller,
  getDayBook,
  listPeriodRuns,
  askForPeriod,
  getPeriodFile,
  listLogEntries,
}
