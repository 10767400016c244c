import type { Pick } from '@janta/contracts'
import { isSameBatch, scannedBatch } from './scanned-batch.ts'

/** One thing to take from the shelf and how far the desk is with it. */
export interface DeskPick {
  readonly key: string
  readonly orderLine: number
  readonly medicineId: string
  readonly name: string
  readonly packLabel: string
  readonly batchId: string
  readonly batchNumber: string
  readonly expiry: string
  readonly bin: string
  readonly packs: number
  /** Why it is taken from another batch than the reserved one. */
  readonly reason?: string
  /** Strips of it that were counted into the bag, one by one. */
  readonly counted: number
  readonly isConfirmed: boolean
  /** Of a piece from a strip cut before: how much to take, and the pick it stands for one pack of. */
  readonly take?: string
  readonly instead?: DeskPick
}

export interface OtherBatch {
  batchId: string
  batchNumber: string
  expiry: string
  bin: string
}

export type ScanResult =
  | { kind: 'counted'; at: number }
  | { kind: 'already'; at: number }
  | { kind: 'wrong'; batch: string }

/** The walk through the shop: by bin, then as the order lists them. */
export function startPicks(order: Readonly<{ picks: readonly Pick[] }>): DeskPick[] {
  return order.picks
    .map((pick, at) => ({
      ...fieldsOf(pick),
      key: `${at}:${pick.batchId}`,
      counted: 0,
      isConfirmed: false,
    }))
    .sort((one, other) => byBin(one.bin, other.bin) || one.orderLine - other.orderLine)
}

function fieldsOf(pick: Pick): Omit<DeskPick, 'key' | 'counted' | 'isConfirmed'> {
  const { orderLine, medicineId, name, packLabel, batchId, batchNumber, expiry, bin, packs } = pick
  return { orderLine, medicineId, name, packLabel, batchId, batchNumber, expiry, bin, packs }
}

function byBin(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

/** Confirms all strips of a pick by hand, or takes a confirmed one back to none. */
export function toggled(picks: readonly DeskPick[], at: number): DeskPick[] {
  return picks.map((pick, n) =>
    n === at ? countedTo(pick, pick.isConfirmed ? 0 : pick.packs) : pick,
  )
}

/** Counts one strip more of a pick, or one less. */
export function countedOne(picks: readonly DeskPick[], at: number, step: 1 | -1): DeskPick[] {
  return picks.map((pick, n) => (n === at ? countedTo(pick, pick.counted + step) : pick))
}

function countedTo(pick: DeskPick, count: number): DeskPick {
  const counted = Math.max(0, Math.min(count, pick.packs))
  return { ...pick, counted, isConfirmed: counted === pick.packs }
}

/** What one scanned strip means for the list; a batch that is asked for twice counts into its first open pick. */
export function readScan(picks: readonly DeskPick[], entered: string): ScanResult {
  const matches = (pick: DeskPick) => isSameBatch(entered, pick.batchNumber)
  const open = picks.findIndex(pick => !pick.isConfirmed && matches(pick))
  if (open !== -1) return { kind: 'counted', at: open }
  const done = picks.findIndex(matches)
  if (done !== -1) return { kind: 'already', at: done }
  return { kind: 'wrong', batch: scannedBatch(entered) }
}

/** Takes `packs` of a pick from another batch with its reason; what is left stays with the first batch. */
export function fromAnotherBatch(
  picks: readonly DeskPick[],
  at: number,
  other: OtherBatch,
  packs: number,
  reason: string,
): DeskPick[] {
  return picks.flatMap((pick, n) => {
    if (n !== at) return [pick]
    const moved: DeskPick = {
      ...pick,
      ...other,
      key: `${pick.key}>${other.batchId}`,
      packs: Math.min(packs, pick.packs),
      reason,
      counted: 0,
      isConfirmed: false,
    }
    const left = pick.packs - moved.packs
    return left > 0 ? [{ ...pick, packs: left, counted: 0, isConfirmed: false }, moved] : [moved]
  })
}

export function unconfirmed(picks: readonly DeskPick[]): number {
  return picks.filter(pick => !pick.isConfirmed).length
}

/** The next open pick after one, around the end; the same place when all are confirmed. */
export function nextOpen(picks: readonly DeskPick[], from: number): number {
  for (let step = 1; step <= picks.length; step++) {
    const at = (from + step) % picks.length
    if (picks[at]?.isConfirmed === false) return at
  }
  return from
}

/** What the server is told: who took how many packs of which batch, and why when it is not the reserved one. */
export function packingOf(picks: readonly DeskPick[]) {
  return {
    picks: picks.map(({ medicineId, batchId, packs, reason, instead }) => ({
      medicineId,
      batchId,
      packs,
      ...(reason === undefined ? {} : { reason }),
      ...(instead && { fromCutStrip: true }),
    })),
  }
}
