import {
  checkBill,
  client,
  createPurchaseOrder,
  editPurchaseOrder,
  endPurchaseOrder,
  findPackByCode,
  getBill,
  getPurchaseOrder,
  listBills,
  listBuyingFacts,
  listClaims,
  listDebitNotes,
  listPurchaseOrders,
  listSuggestions,
  listSuppliers,
  orderSuggestions,
  overrideSupplierLicence,
  readBillFile,
  receiveBill,
  returnToSupplier,
  saveSupplier,
  sendPurchaseOrder,
} from '@janta/contracts'
import { send } from '#lib/api.ts'

// Apart from the desk's own endpoints, so that a page of orders does not download what only buying asks.
const endpoints = {
  checkBill,
  createPurchaseOrder,
  editPurchaseOrder,
  endPurchaseOrder,
  findPackByCode,
  getBill,
  getPurchaseOrder,
  listBills,
  listBuyingFacts,
  listClaims,
  listDebitNotes,
  listPurchaseOrders,
  listSuggestions,
  listSuppliers,
  orderSuggestions,
  overrideSupplierLicence,
  readBillFile,
  receiveBill,
  returnToSupplier,
  saveSupplier,
  sendPurchaseOrder,
}

/** What the pages about buying ask of the API. */
export const buyApi = client(endpoints, '', send)
