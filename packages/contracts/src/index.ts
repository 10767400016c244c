import { getMedicine, searchMedicines } from './catalogue.ts'
import {
  cancelOrderByStaff,
  deliverOrder,
  getCounterOrder,
  handOverOrder,
  listCounterOrders,
  packOrder,
  returnOrder,
} from './counter.ts'
import { getServiceability } from './delivery.ts'
import { createSession, endSession, getMe, requestSignInCode } from './identity.ts'
import { getAdvice, getStatus } from './operations.ts'
import {
  cancelOrder,
  getCart,
  getOrder,
  listMyOrders,
  placeOrder,
  putCartLine,
} from './ordering.ts'
import { getBatch, listBatches, receiveStock } from './stock.ts'

export * from './catalogue.ts'
export * from './client.ts'
export * from './counter.ts'
export * from './delivery.ts'
export * from './endpoint.ts'
export * from './identity.ts'
export * from './operations.ts'
export * from './order-states.ts'
export * from './ordering.ts'
export * from './refusals.ts'
export * from './roles.ts'
export * from './shapes.ts'
export * from './stock.ts'

/** Every endpoint of the API by its operation id; the name is a promise. */
export const api = {
  requestSignInCode,
  createSession,
  endSession,
  getMe,
  searchMedicines,
  getMedicine,
  getServiceability,
  getCart,
  putCartLine,
  placeOrder,
  listMyOrders,
  getOrder,
  cancelOrder,
  listCounterOrders,
  getCounterOrder,
  packOrder,
  handOverOrder,
  deliverOrder,
  returnOrder,
  cancelOrderByStaff,
  listBatches,
  getBatch,
  receiveStock,
  getStatus,
  getAdvice,
}
