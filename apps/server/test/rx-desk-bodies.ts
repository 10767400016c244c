import { randomUUID } from 'node:crypto'

/** Bodies the pharmacists' and the review desk's declarations accept, so that a refusal is the permission's. */
export const rxDeskBodies: Record<string, object> = {
  registerPharmacist: {
    personId: randomUUID(),
    storeId: randomUUID(),
    fullName: 'P. Sample',
    registrationNumber: 'S-1',
    council: 'Sample Council',
    qualification: 'B. Pharm.',
    validFrom: '2026-01-01',
    validUpto: '2030-01-01',
  },
  endRegistration: { reason: 'Left' },
  startDuty: { hours: 8 },
}
