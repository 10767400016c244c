import { randomUUID } from 'node:crypto'

/** Bodies the declarations of the money endpoints accept, so that a refusal is the permission's. */
export const paymentBodies: Record<string, object> = {
  refundOrder: { amountPaise: 100, reason: 'goodwill' },
  giveGoodwill: { amountPaise: 100, note: 'The box was wet' },
  decideRefund: { approve: true },
  mendRefund: {},
  recordDoorUpi: { bankReference: '123456789012' },
  openDrawer: { floatPaise: 100 },
  moveCash: { kind: 'payout', amountPaise: 100, note: 'Tea' },
  handInCash: { orderIds: [randomUUID()], countedPaise: 100 },
  closeDrawer: { counts: [] },
  importSettlement: { fileName: 'f.csv', text: 'a' },
  setPaymentSettings: {
    secondLookFromPaise: 100_000,
    refundWorkingDays: 7,
    cashCapPaise: 250_000,
    cashRefusalsMax: 2,
    upiPayeeAddress: null,
    upiPayeeName: null,
    drawerTolerancePaise: 1_000,
    settlementWorkingDays: 3,
  },
}
