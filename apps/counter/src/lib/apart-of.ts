import { api } from './api.ts'
import type { ActBatch } from './batch-acts.ts'

/** Base units of a batch that lie apart, by state; what is held as a whole (a recall) is not here. */
export async function apartOf(medicineId: string, batchId: string): Promise<ActBatch['apart']> {
  const apart: Record<'quarantine' | 'damaged' | 'expired', number> = {
    quarantine: 0,
    damaged: 0,
    expired: 0,
  }
  const { items } = await api.listBatches({ query: { medicineId, limit: 50 } })
  for (const one of items) {
    const state = one.positionId.split('.')[1]
    if (one.id !== batchId) continue
    if (state === 'quarantine' || state === 'damaged' || state === 'expired') {
      apart[state] += one.onHandUnits
    }
  }
  return apart
}
