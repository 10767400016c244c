import { randomUUID } from 'node:crypto'

/** What the packing table's declarations accept, so that a refusal is the permission's and not the form's. */
export const dispensingBodies: Record<string, object> = {
  checkScan: { code: 'B1' },
  handToChecker: { picks: [{ medicineId: randomUUID(), batchId: randomUUID(), packs: 1 }] },
  setDispensingRule: { isSecondCheckOn: false },
}

export const dispensingQueries: Record<string, Record<string, unknown>> = {
  printSupplyPaper: { paper: 'slip' },
  printCutLabel: { units: 3 },
}
