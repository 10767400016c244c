import { randomUUID } from 'node:crypto'

/** A body each endpoint of stock accepts, so that a refusal is the permission's and not the form's. */
export const stockBodies: Record<string, object> = {
  openCount: { kind: 'cycle', isBlind: true },
  recordCount: { batchId: randomUUID(), state: 'sellable', bin: '', units: 1 },
  decideCount: { approve: true },
  saveStore: { name: 'Second store' },
  sendTransfer: {
    fromStoreId: randomUUID(),
    toStoreId: randomUUID(),
    lines: [{ batchId: randomUUID(), units: 1 }],
  },
  askForTransfer: {
    askingStoreId: randomUUID(),
    askedStoreId: randomUUID(),
    medicineId: randomUUID(),
    units: 10,
    reason: 'Sold out here',
  },
  sendRequestedTransfer: {},
  declineTransferRequest: { reason: 'Needed here' },
  receiveTransfer: { lines: [{ batchId: randomUUID(), goodUnits: 1 }] },
  cutStrips: { packs: 1 },
  cancelTransfer: { reason: 'Sent to the wrong store' },
  setBatchApart: { to: 'quarantine', reason: 'Looks wet' },
  releaseBatch: { from: 'quarantine', reason: 'Looked at, good' },
  writeOffBatch: { from: 'expired', reason: 'expired', note: 'Collected by the waste carrier' },
  undoWriteOff: { reason: 'Wrong batch' },
  saveFridge: { name: 'F', bin: 'F1', storageClass: 'cold', minTenths: 20, maxTenths: 80 },
  recordReadings: { source: 'manual', readings: [{ at: '2026-01-05T04:30:00.000Z', tenths: 50 }] },
  decideExcursion: { decision: 'release', evidence: 'The letter of the maker' },
}
