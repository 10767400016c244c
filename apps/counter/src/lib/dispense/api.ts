import {
  checkScan,
  client,
  exportDispensings,
  exportPrescription,
  getDispensingRule,
  getPicking,
  getStampedCopy,
  getSupply,
  handToChecker,
  notices,
  printCutLabel,
  printSupplyPaper,
  setDispensingRule,
} from '@janta/contracts'
import { send } from '#lib/api.ts'

/** What only the packing table asks for, so that no other page downloads its declarations. */
export const dispenseApi = client(
  {
    checkScan,
    exportDispensings,
    exportPrescription,
    getDispensingRule,
    getPicking,
    getStampedCopy,
    getSupply,
    handToChecker,
    listOrderNotices: notices.listOrderNotices,
    printCutLabel,
    printSupplyPaper,
    setDispensingRule,
  },
  '',
  send,
)
