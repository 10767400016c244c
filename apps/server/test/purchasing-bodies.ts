import { randomUUID } from 'node:crypto'

const bill = {
  supplierId: randomUUID(),
  billNumber: 'B',
  billDate: '2026-01-05',
  printedTotalPaise: 1,
  lines: [
    {
      medicineId: randomUUID(),
      batchNumber: 'B',
      expiry: '2031-01',
      mrpPaise: 100,
      ratePaise: 1,
      billedPacks: 1,
      gstBasisPoints: 500,
      goodPacks: 1,
    },
  ],
}

/** A body each endpoint of purchasing accepts, so that a refusal is the permission's and not the form's. */
export const purchasingBodies: Record<string, object> = {
  saveSupplier: {
    name: 'S',
    gstin: null,
    phone: null,
    address: '',
    leadDays: 1,
    claimBeforeDays: 90,
    claimAfterDays: 90,
    licences: [],
  },
  overrideSupplierLicence: { billNumber: 'B', reason: 'seen on paper' },
  createPurchaseOrder: {
    supplierId: randomUUID(),
    lines: [{ medicineId: randomUUID(), packs: 1 }],
  },
  editPurchaseOrder: { lines: [{ medicineId: randomUUID(), packs: 1 }] },
  endPurchaseOrder: { reason: 'not needed' },
  checkBill: bill,
  receiveBill: bill,
  readBillFile: { supplierId: randomUUID(), text: 'Item,Qty' },
  listBuyingFacts: { medicineIds: [randomUUID()] },
  returnToSupplier: {
    supplierId: randomUUID(),
    kind: 'damaged',
    reason: 'broken',
    lines: [{ batchId: randomUUID(), units: 1 }],
  },
  claimOnBill: {
    kind: 'shortage',
    reason: 'two strips short',
    lines: [{ batchId: randomUUID(), packs: 1 }],
  },
  orderSuggestions: {
    lines: [{ medicineId: randomUUID(), supplierId: randomUUID(), packs: 1 }],
  },
  setReorderLevel: { minPacks: null, maxPacks: null },
}
