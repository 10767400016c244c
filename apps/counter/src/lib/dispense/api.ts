import {
  checkScan,
  client,
  exportDispensings,
  exportPrescription,
  getPicking,
  getStampedCopy,
  getSupply,
  handToChecker,
  printSupplyPaper,
} from '@janta/contracts'
import { send } from '#lib/api.ts'

/** What only the packing table asks for, so that no other page downloads its declarations. */
export const dispenseApi = client(
  {
    checkScan,
    exportDispensings,
    exportPrescription,
    getPicking,
    getStampedCopy,
    getSupply,
    handToChecker,
    printSupplyPaper,
  },
  '',
  send,
)
