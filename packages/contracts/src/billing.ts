import {
  askForPeriod,
  getDayBook,
  getPeriodFile,
  getSeller,
  listPeriodRuns,
} from './billing-books.ts'
import {
  getDocument,
  getMyDocument,
  listMyOrderDocuments,
  listOrderDocuments,
} from './billing-documents.ts'
import { listLogEntries } from './billing-log.ts'
import { listSellers, recordSeller } from './billing-seller.ts'

export * from './billing-books.ts'
export * from './billing-documents.ts'
export * from './billing-log.ts'
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
