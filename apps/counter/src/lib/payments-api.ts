import {
  client,
  closeDrawer,
  decideRefund,
  getDeskPayment,
  getOrderCredit,
  giveGoodwill,
  getDoorQr,
  getDrawer,
  getPaymentSettings,
  getSettlement,
  handInCash,
  importSettlement,
  listAgeing,
  listSettlements,
  listShifts,
  mendRefund,
  moveCash,
  openDrawer,
  recordDoorUpi,
  refundOrder,
  returnHeldPayment,
  setPaymentSettings,
} from '@janta/contracts'
import { send } from '#lib/api.ts'

// Apart from the desk's own endpoints, so that a page of stock does not download what only money asks.
const endpoints = {
  closeDrawer,
  decideRefund,
  getDeskPayment,
  getOrderCredit,
  giveGoodwill,
  getDoorQr,
  getDrawer,
  getPaymentSettings,
  getSettlement,
  handInCash,
  importSettlement,
  listAgeing,
  listSettlements,
  listShifts,
  mendRefund,
  moveCash,
  openDrawer,
  recordDoorUpi,
  refundOrder,
  returnHeldPayment,
  setPaymentSettings,
}

/** What the pages about payments, cash and settlements ask of the API. */
export const paymentsApi = client(endpoints, '', send)
