import {
  checkImport,
  client,
  commitImport,
  createImport,
  discardImport,
  exportImportRows,
  getImport,
  listImportRows,
  listImports,
  listKeptChanges,
  readImport,
  undoImport,
} from '@janta/contracts'
import { send } from './api.ts'

/** What only the pages of the imports ask, so that no other page downloads its declarations. */
export const importsApi = client(
  {
    checkImport,
    commitImport,
    createImport,
    discardImport,
    exportImportRows,
    getImport,
    listImportRows,
    listImports,
    listKeptChanges,
    readImport,
    undoImport,
  },
  '',
  send,
)
