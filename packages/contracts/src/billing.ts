import {
  getDocument,
  getMyDocument,
  listMyOrderDocuments,
  listOrderDocuments,
} from './billing-documents.ts'

export * from './billing-documents.ts'
export * from './billing-seller.ts'

/** Documents and books, by operation id. */
export const billing = {
  listMyOrderDocuments,
  getMyDocument,
  listOrderDocuments,
  getDocument,
}
