import type { Permission } from '@janta/contracts'

/** What a person does with a batch from its page or a worklist, and the right it needs. */
export const batchActs = ['set_apart', 'release', 'write_off', 'cut'] as const
export type BatchAct = (typeof batchActs)[number]

export const rightOf: Readonly<Record<BatchAct, Permission>> = {
  set_apart: 'stock.count',
  release: 'stock.quality',
  write_off: 'stock.approve',
  cut: 'orders.pack',
}

/** A batch as an act needs it: base units that lie free on the shelf, and apart by their state. */
export interface ActBatch {
  readonly id: string
  readonly name: string
  readonly batchNumber: string
  readonly unitsPerPack: number
  readonly freeUnits: number
  readonly apart: Readonly<Partial<Record<'quarantine' | 'damaged' | 'expired', number>>>
}

/** The acts there is something for. */
export function actsFor(batch: ActBatch): BatchAct[] {
  const { quarantine = 0, damaged = 0, expired = 0 } = batch.apart
  return batchActs.filter(act => {
    if (act === 'set_apart') return batch.freeUnits > 0
    if (act === 'cut') return batch.unitsPerPack > 1 && batch.freeUnits >= batch.unitsPerPack
    if (act === 'release') return quarantine + damaged > 0
    return quarantine + damaged + expired > 0
  })
}
