import {
  client,
  counting,
  stockActs,
  stockCold,
  stockTransferRequests,
  stockTransfers,
  listExpiring,
  traceBatch,
  valueStock,
} from '@janta/contracts'
import { send } from './api.ts'

const endpoints = {
  ...counting,
  ...stockActs,
  ...stockCold,
  ...stockTransferRequests,
  ...stockTransfers,
  listExpiring,
  traceBatch,
  valueStock,
}

/** What the pages of counting, expiry, cold chain and transfers ask of the API, apart from what every desk downloads. */
export const storeApi = client(endpoints, '', send)
