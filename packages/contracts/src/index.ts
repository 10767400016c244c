import { billing } from './billing.ts'
import { getMedicine } from './catalogue.ts'
import {
  classifySubstance,
  findSubstances,
  getDecisionMatrix,
  getSubstance,
  listUnclassifiedSubstances,
  previewClassification,
  setSaleSwitch,
} from './catalogue-desk.ts'
import { liftBan, listBans, previewBan, recordBan } from './catalogue-bans.ts'
import { listNotes, listSitemap, recordNote } from './catalogue-content.ts'
import { catalogueCutting } from './catalogue-cutting.ts'
import { listEquivalenceRulings, ruleEquivalence } from './catalogue-equivalence.ts'
import { checkPhoto, getPhoto, requestPhotoUpload, withdrawPhoto } from './catalogue-photos.ts'
import {
  getPrices,
  listSellingRules,
  recordPriceControl,
  recordSellingRule,
  setPrice,
} from './catalogue-prices.ts'
import {
  cancelOrderByStaff,
  collectOrder,
  deliverOrder,
  getCounterOrder,
  handOverOrder,
  listCounterOrders,
  packOrder,
  returnOrder,
} from './counter.ts'
import { getServiceability, listLanes, removeLane, setLane } from './delivery.ts'
import { createSession, endSession, getMe, requestSignInCode } from './identity.ts'
import { notices } from './notices.ts'
import { getAdvice, getStatus } from './operations.ts'
import {
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
} from './imports.ts'
import { getCart, putCartCoupon, putCartLine } from './cart.ts'
import { cancelOrder, getOrder, listMyOrders, placeOrder } from './ordering.ts'
import { addPrescription, payAtDoor, takeApproved } from './waiting-orders.ts'
import {
  listMedicineRequests,
  requestMedicine,
  searchMedicines,
  suggestMedicines,
} from './search.ts'
import { patients } from './patients.ts'
import { pharmacists } from './pharmacists.ts'
import { staff } from './staff.ts'
import { prescriptionsDesk } from './prescriptions-desk.ts'
import { prescriptionsQuestions } from './prescriptions-questions.ts'
import { prescriptionUploads } from './prescriptions-uploads.ts'
import { purchasing } from './purchasing.ts'
import { counting } from './counting.ts'
import { payments } from './payments.ts'
import { promotions } from './promotions.ts'
import { recalls } from './recall.ts'
import { registers } from './registers.ts'
import { dispensing } from './dispensing.ts'
import { paymentsCash } from './payments-cash.ts'
import { paymentsDesk } from './payments-desk.ts'
import { paymentsSettlement } from './payments-settlement.ts'
import { credit } from './credit.ts'
import { returns } from './returns.ts'
import { stockActs } from './stock-acts.ts'
import { stockCold } from './stock-cold.ts'
import { stockReports } from './stock-reports.ts'
import { stockTransferRequests } from './stock-transfer-requests.ts'
import { stockTransfers } from './stock-transfers.ts'
import { getBatch, listBatches, receiveStock } from './stock.ts'

export * from './billing.ts'
export * from './catalogue.ts'
export * from './catalogue-bans.ts'
export * from './catalogue-content.ts'
export * from './catalogue-cutting.ts'
export * from './catalogue-desk.ts'
export * from './catalogue-equivalence.ts'
export * from './catalogue-photos.ts'
export * from './photo-rules.ts'
export * from './catalogue-prices.ts'
export * from './client.ts'
export * from './counter.ts'
export * from './counting.ts'
export * from './csv.ts'
export * from './delivery.ts'
export * from './directions.ts'
export * from './dispensing.ts'
export * from './read-directions.ts'
export * from './endpoint.ts'
export * from './gstin.ts'
export * from './identity.ts'
export * from './imports.ts'
export * from './medicine-path.ts'
export * from './patients.ts'
export * from './pharmacists.ts'
export * from './staff.ts'
export * from './prescription-queue.ts'
export * from './prescription-reasons.ts'
export * from './prescription-review.ts'
export * from './prescription-shapes.ts'
export * from './prescriptions-desk.ts'
export * from './prescriptions-questions.ts'
export * from './prescriptions-uploads.ts'
export * from './notices.ts'
export * from './operations.ts'
export * from './order-states.ts'
export * from './cart.ts'
export * from './ordering.ts'
export * from './payment-states.ts'
export * from './payments.ts'
export * from './promotions.ts'
export * from './purchasing.ts'
export * from './recall.ts'
export * from './refusals.ts'
export * from './registers.ts'
export * from './credit.ts'
export * from './pay-with-credit.ts'
export * from './returns.ts'
export * from './roles.ts'
export * from './search.ts'
export * from './payments-cash.ts'
export * from './payments-desk.ts'
export * from './payments-settlement.ts'
export * from './shapes.ts'
export * from './stock.ts'
export * from './stock-acts.ts'
export * from './stock-cold.ts'
export * from './stock-reports.ts'
export * from './stock-reports.ts'
export * from './stock-transfer-requests.ts'
export * from './stock-transfers.ts'

/** Every endpoint of the API by its operation id; the name is a promise. */
export const api = {
  requestSignInCode,
  createSession,
  endSession,
  getMe,
  searchMedicines,
  suggestMedicines,
  requestMedicine,
  listMedicineRequests,
  getMedicine,
  listUnclassifiedSubstances,
  findSubstances,
  getSubstance,
  previewClassification,
  classifySubstance,
  getDecisionMatrix,
  setSaleSwitch,
  listBans,
  previewBan,
  recordBan,
  liftBan,
  listEquivalenceRulings,
  ruleEquivalence,
  listSitemap,
  listNotes,
  recordNote,
  getPrices,
  setPrice,
  listSellingRules,
  recordSellingRule,
  recordPriceControl,
  requestPhotoUpload,
  checkPhoto,
  getPhoto,
  withdrawPhoto,
  getServiceability,
  listLanes,
  setLane,
  removeLane,
  getCart,
  putCartLine,
  putCartCoupon,
  placeOrder,
  takeApproved,
  addPrescription,
  payAtDoor,
  listMyOrders,
  getOrder,
  cancelOrder,
  listCounterOrders,
  getCounterOrder,
  packOrder,
  handOverOrder,
  deliverOrder,
  collectOrder,
  returnOrder,
  cancelOrderByStaff,
  listBatches,
  getBatch,
  receiveStock,
  ...prescriptionUploads,
  ...patients,
  ...pharmacists,
  ...staff,
  ...prescriptionsDesk,
  ...prescriptionsQuestions,
  ...purchasing,
  ...stockReports,
  ...stockTransferRequests,
  ...stockTransfers,
  ...stockCold,
  ...catalogueCutting,
  ...stockActs,
  ...recalls,
  ...registers,
  ...dispensing,
  ...payments,
  ...promotions,
  ...credit,
  ...returns,
  ...counting,
  ...billing,
  ...notices,
  getStatus,
  getAdvice,
  createImport,
  listImports,
  ...paymentsDesk,
  ...paymentsCash,
  ...paymentsSettlement,
  getImport,
  listImportRows,
  exportImportRows,
  listKeptChanges,
  readImport,
  checkImport,
  commitImport,
  undoImport,
  discardImport,
}
