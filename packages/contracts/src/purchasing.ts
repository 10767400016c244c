import { checkBill, getBill, listBills, readBillFile, receiveBill } from './purchasing-bills.ts'
import { findPackByCode, listBuyingFacts } from './purchasing-facts.ts'
import { checkBillPage, listBillPages, requestBillPage } from './purchasing-pages.ts'
import {
  createPurchaseOrder,
  editPurchaseOrder,
  endPurchaseOrder,
  getPurchaseOrder,
  listPurchaseOrders,
  sendPurchaseOrder,
} from './purchasing-orders.ts'
import {
  claimOnBill,
  getDebitNote,
  listClaims,
  listDebitNotes,
  listSuggestions,
  orderSuggestions,
  returnToSupplier,
  setReorderLevel,
} from './purchasing-returns.ts'
import { listSuppliers, overrideSupplierLicence, saveSupplier } from './purchasing-suppliers.ts'

export * from './purchasing-bills.ts'
export * from './purchasing-facts.ts'
export * from './purchasing-orders.ts'
export * from './purchasing-returns.ts'
export * from './purchasing-pages.ts'
export { billLinesMax, purchaseListMax } from './purchasing-shapes.ts'
export * from './purchasing-suppliers.ts'

/** Buying: suppliers, orders, bills, returns and what to order. */
export const purchasing = {
  listSuppliers,
  saveSupplier,
  overrideSupplierLicence,
  listPurchaseOrders,
  getPurchaseOrder,
  createPurchaseOrder,
  editPurchaseOrder,
  sendPurchaseOrder,
  endPurchaseOrder,
  checkBill,
  receiveBill,
  getBill,
  listBills,
  readBillFile,
  requestBillPage,
  checkBillPage,
  listBillPages,
  listBuyingFacts,
  findPackByCode,
  listClaims,
  returnToSupplier,
  listDebitNotes,
  getDebitNote,
  claimOnBill,
  listSuggestions,
  orderSuggestions,
  setReorderLevel,
}
