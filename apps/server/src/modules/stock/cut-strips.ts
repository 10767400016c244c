import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { type IssueObstacle, obstacleWords } from './issuable.ts'
import { lockPositions, writeMoves } from './move-units.ts'
import { defaultStore } from './store.ts'

/**
 * Cuts whole packs of a batch in the default store: their units are loose from now on, of the same batch and expiry.
 * Refuses `not_found`, `batch_not_issuable` for what may not be sold, `out_of_stock` for more packs than lie free.
 */
export async function cutStrips(
  database: Database,
  caller: Caller,
  key: string,
  asked: { id: string; packs: number },
): Promise<{ id: string; looseUnits: number }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.cut:${caller.personId}`, key, request: asked }, () =>
      cut(tx, caller, asked),
    ),
  )
}

async function cut(tx: Tx, caller: Caller, { id, packs }: { id: string; packs: number }) {
  const store = await defaultStore(tx)
  const lying = (await lockPositions(tx, [id])).filter(one => one.storeId === store.id)
  const units = packs * (await unitsPerPackOf(tx, id))
  let left = units
  const moves = lying.flatMap(one => {
    const some = one.state === 'sellable' ? Math.min(left, one.onHand - one.reserved) : 0
    left -= some
    return some > 0
      ? [
          { ...one, units: -some },
          { ...one, state: 'loose' as const, units: some },
        ]
      : []
  })
  if (left > 0) {
    throw new Refusal(
      'out_of_stock',
      'So many whole packs of this batch do not lie free. Cut fewer.',
    )
  }
  await writeMoves(tx, caller, 'repacked', moves, { kind: 'repack', id: newId() })
  const loose = lying.filter(one => one.state === 'loose')
  return { id, looseUnits: units + loose.reduce((sum, one) => sum + one.onHand, 0) }
}

async function unitsPerPackOf(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ unitsPerPack: number; obstacle: IssueObstacle | null }>`
    select units_per_pack as "unitsPerPack", stock.why_not_issuable(hold, 'sellable', expires_on, storage_class,
      array[storage_class], kernel.today(), kernel.today(), 0) as obstacle
    from stock.batch where id = ${id} for share`.execute(tx)
  const [batch] = rows
  if (!batch) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  if (batch.obstacle === null) return batch.unitsPerPack
  throw new Refusal('batch_not_issuable', obstacleWords[batch.obstacle].staff)
}
