import { Refusal } from '#kernel/refusal'
import { type IssueObstacle, obstacleWords } from './issuable.ts'

/** Units of one batch the cause holds. */
export interface Held {
  readonly packId: string
  readonly batchId: string
  readonly units: number
}

/** Packs the pharmacist really took from one batch. */
export interface Picked {
  readonly packId: string
  readonly batchId: string
  readonly packs: number
  /** Why another batch than the one held; needed then. */
  readonly reason?: string | undefined
  /** One pack that is the piece of a strip cut before, in place of cutting one that is held. */
  readonly fromCutStrip?: boolean | undefined
}

export interface BatchFacts {
  readonly batchId: string
  readonly packId: string
  readonly batchNumber: string
  readonly unitsPerPack: number
  /** On hand and held by nobody. */
  readonly freeUnits: number
  /** Against units already promised to the customer, whose minimum life was checked at checkout. */
  readonly obstacle: IssueObstacle | null
  /** Against units taken in exchange, which must pass like a new sale. */
  readonly obstacleInExchange: IssueObstacle | null
}

export interface Issue {
  readonly batchId: string
  readonly units: number
  readonly isFromHold: boolean
}

export interface IssuePlan {
  readonly issues: readonly Issue[]
  /** What was held but not taken, to be freed: the exchanged batches. */
  readonly releases: readonly Held[]
}

/**
 * Turns what is held and what was picked whole into the movements to write. `spared` are units held of a pack that need
 * not be picked, because a strip cut before gives the piece they were held for. Refuses `pick_incomplete` when the
 * picks are not exactly the rest of what is held, pack by pack; `batch_not_issuable` (Drugs Rules 65(17): nothing expired leaves);
 * `reason_needed` for another batch than the held one; `out_of_stock` when that other batch has too little free.
 */
export function planIssue(
  held: readonly Held[],
  picked: readonly Picked[],
  batches: ReadonlyMap<string, BatchFacts>,
  spared: ReadonlyMap<string, number> = new Map(),
): IssuePlan {
  const issues: Issue[] = []
  const heldLeft = sumUnits(held)
  const packLeft = sumUnits(held, one => one.packId)
  const freeLeft = new Map([...batches].map(([id, batch]) => [id, batch.freeUnits]))
  for (const pick of picked) {
    const batch = findPicked(batches, pick)
    const units = pick.packs * batch.unitsPerPack
    const fromHold = Math.min(units, heldLeft.get(pick.batchId) ?? 0)
    assertIssuable(batch, units - fromHold, pick.reason)
    const exchanged = units - fromHold
    if (exchanged > (freeLeft.get(pick.batchId) ?? 0)) throw tooLittle(batch)
    heldLeft.set(pick.batchId, (heldLeft.get(pick.batchId) ?? 0) - fromHold)
    freeLeft.set(pick.batchId, (freeLeft.get(pick.batchId) ?? 0) - exchanged)
    packLeft.set(pick.packId, (packLeft.get(pick.packId) ?? 0) - units)
    if (fromHold > 0) issues.push({ batchId: pick.batchId, units: fromHold, isFromHold: true })
    if (exchanged > 0) issues.push({ batchId: pick.batchId, units: exchanged, isFromHold: false })
  }
  if ([...packLeft].some(([id, units]) => units !== (spared.get(id) ?? 0))) throw incomplete()
  const releases = held.flatMap(({ packId, batchId }) => {
    const units = heldLeft.get(batchId) ?? 0
    heldLeft.set(batchId, 0)
    return units > 0 ? [{ packId, batchId, units }] : []
  })
  return { issues, releases }
}

function sumUnits(held: readonly Held[], keyOf: (one: Held) => string = one => one.batchId) {
  const sums = new Map<string, number>()
  for (const one of held) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.units)
  return sums
}

function findPicked(batches: ReadonlyMap<string, BatchFacts>, pick: Picked): BatchFacts {
  const batch = batches.get(pick.batchId)
  if (batch?.packId === pick.packId) return batch
  throw new Refusal(
    'batch_not_issuable',
    'That batch is not of this medicine. Scan the pack again, or choose a batch from the list.',
  )
}

function assertIssuable(batch: BatchFacts, exchanged: number, reason: string | undefined): void {
  const obstacle = exchanged > 0 ? batch.obstacleInExchange : batch.obstacle
  if (obstacle !== null) {
    throw new Refusal(
      'batch_not_issuable',
      `Batch ${batch.batchNumber}: ${obstacleWords[obstacle].staff}`,
    )
  }
  if (exchanged > 0 && !reason?.trim()) {
    throw new Refusal(
      'reason_needed',
      `Batch ${batch.batchNumber} is not the one reserved. Say why it is taken instead.`,
    )
  }
}

function tooLittle(batch: BatchFacts): Refusal {
  const packs = (batch.freeUnits - (batch.freeUnits % batch.unitsPerPack)) / batch.unitsPerPack
  return new Refusal(
    'out_of_stock',
    `Only ${packs} packs of batch ${batch.batchNumber} are free. Take fewer from it, or the reserved batch.`,
  )
}

/** For picks that are not the packs ordered. */
export function incomplete(): Refusal {
  return new Refusal(
    'pick_incomplete',
    'The packs picked are not the packs ordered. Confirm every pack of every line, no more and no fewer.',
  )
}
