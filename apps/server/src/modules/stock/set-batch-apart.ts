import type {
  releaseBatch as releasing,
  RequestOf,
  setBatchApart as setting,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findApart } from './find-excursions.ts'
import { type IssueObstacle, obstacleWords } from './issuable.ts'
import { lockPositions, type Lying, type PositionState, writeMoves } from './move-units.ts'

type Apart = RequestOf<typeof setting>['body'] & { id: string }
type Release = RequestOf<typeof releasing>['body'] & { id: string }

/**
 * Sets free units of a batch apart in the bins they lie in, all or so many; what is promised to orders stays theirs.
 * Cut strips are left: come back from there they would pass for whole packs.
 * Refuses `not_found`, and `out_of_stock` when fewer lie free.
 */
export async function setBatchApart(
  database: Database,
  caller: Caller,
  key: string,
  asked: Apart,
): Promise<{ id: string; units: number }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.apart:${caller.personId}`, key, request: asked }, () =>
      shift(tx, caller, { ...asked, from: ['sellable'] }),
    ),
  )
}

/**
 * A pharmacist puts whole packs that lay apart back on the shelf; the piece of a cut strip that was away is never sold
 * again. Refuses `not_found`, `out_of_stock` when fewer lie apart, and `batch_not_issuable` for a batch that is
 * recalled, held or expired, whose excursion is not decided yet, and for less than whole packs.
 */
export async function releaseBatch(
  database: Database,
  caller: Caller,
  key: string,
  asked: Release,
): Promise<{ id: string; units: number }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.release:${caller.personId}`, key, request: asked }, async () => {
      const wholeOf = await assertReleasable(tx, asked)
      const moved = await shift(tx, caller, {
        ...asked,
        from: [asked.from],
        to: 'sellable',
        wholeOf,
      })
      // Orders that wait for goods may be filled from what is free again.
      await emit(tx, caller, 'stock.goods_received', { batchId: asked.id })
      return moved
    }),
  )
}

interface Shift {
  readonly id: string
  readonly from: readonly PositionState[]
  readonly to: PositionState
  readonly units?: number | undefined
  readonly reason: string
  /** All that lies there is as many of these as it makes. */
  readonly wholeOf?: number
}

async function shift(tx: Tx, caller: Caller, asked: Shift): Promise<{ id: string; units: number }> {
  const { id, from, to, units, reason, wholeOf } = asked
  const lying = (await lockPositions(tx, [id])).filter(one => from.includes(one.state))
  const taken = takeUnits(lying, units, wholeOf)
  const moves = taken.flatMap(one => [
    { ...one, units: -one.units },
    { ...one, state: to },
  ])
  await writeMoves(tx, caller, 'quarantined', moves, {
    kind: 'decision',
    id: newId(),
    note: reason.trim(),
  })
  return { id, units: taken.reduce((sum, one) => sum + one.units, 0) }
}

/** Free units of these places, in their order; refuses `out_of_stock` for more than lie free, and when none do. */
export function takeUnits(lying: readonly Lying[], wanted: number | undefined, wholeOf = 1) {
  const free = lying.reduce((sum, one) => sum + one.onHand - one.reserved, 0)
  let left = wanted ?? free - (free % wholeOf)
  if (left === 0 || left > free) {
    throw new Refusal('out_of_stock', `${free} units of this batch lie free for it. Look again.`)
  }
  return lying.flatMap(one => {
    const units = Math.min(left, one.onHand - one.reserved)
    left -= units
    return units > 0
      ? [{ batchId: one.batchId, storeId: one.storeId, state: one.state, bin: one.bin, units }]
      : []
  })
}

/** Answers what a pack of the batch holds. */
async function assertReleasable(tx: Tx, { id, units }: Release): Promise<number> {
  const { rows } = await sql<Releasable>`
    select units_per_pack as "unitsPerPack", stock.why_not_issuable(hold, 'sellable', expires_on, storage_class, array[storage_class], kernel.today(),
        kernel.today(), 0) as obstacle,
      array(select excursion.id from stock.excursion_batch join stock.excursion on excursion.id = excursion_id
        where excursion_batch.batch_id = batch.id and decision is null order by excursion.id) as "excursionIds"
    from stock.batch where id = ${id} for share`.execute(tx)
  const [batch] = rows
  if (!batch) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  const apart = await findApart(tx, batch.excursionIds)
  if (apart.some(one => one.batchId === id)) {
    throw new Refusal(
      'batch_not_issuable',
      'It lies apart because its fridge was too warm or too cold. Decide that under Cold chain.',
    )
  }
  if (batch.obstacle !== null) {
    throw new Refusal('batch_not_issuable', obstacleWords[batch.obstacle].staff)
  }
  if ((units ?? 0) % batch.unitsPerPack === 0) return batch.unitsPerPack
  throw new Refusal(
    'batch_not_issuable',
    `Only whole packs of ${batch.unitsPerPack} go back on the shelf. Write the piece of a cut strip off.`,
  )
}

interface Releasable {
  readonly unitsPerPack: number
  readonly obstacle: IssueObstacle | null
  readonly excursionIds: string[]
}
