import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { whyNot } from './batch-row.ts'
import { type IssueObstacle, issueObstacles, obstacleWords } from './issuable.ts'

/** A sentence to a customer, in both languages. */
export interface KindWords {
  readonly en: string
  readonly hi: string
}

const noneAtAll: KindWords = {
  en: 'We have none of this medicine right now.',
  hi: 'यह दवा अभी हमारे पास नहीं है।',
}
const allPromised: KindWords = {
  en: 'The packs we have are already promised to other customers.',
  hi: 'हमारे पास जो पैक हैं वे दूसरे ग्राहकों के लिए रखे जा चुके हैं।',
}

/**
 * What a customer is told of a medicine that cannot be sold: the reason nearest to a sale, for the others would only
 * frighten. `obstacles` are those of every position with units; null is a position that may be sold but is promised.
 */
export function kindWords(obstacles: readonly (IssueObstacle | null)[]): KindWords {
  if (obstacles.includes(null)) return allPromised
  const nearest = issueObstacles.findLast(code => obstacles.includes(code))
  return nearest === undefined ? noneAtAll : obstacleWords[nearest].customer
}

/**
 * The kind words for packs of which there is too little, by the same rule as `stock.reserve`; every id asked for has
 * an entry. `deliveredOn` is the day the customer would have them, the store's usual promise when nobody knows.
 */
export async function explainShortage(
  db: Reader,
  packIds: readonly string[],
  deliveredOn: Day | null = null,
): Promise<ReadonlyMap<string, KindWords>> {
  const { rows } = await sql<{ packId: string; obstacle: IssueObstacle | null }>`
    select distinct batch.pack_id as "packId", ${whyNot('balance.state', deliveredOn)} as obstacle
    from stock.batch
    join stock.balance on balance.batch_id = batch.id and balance.on_hand > 0
    join stock.store on store.id = balance.store_id and store.is_default
    where batch.pack_id = any(${packIds}::uuid[])`.execute(db)
  return new Map(
    packIds.map(id => [
      id,
      kindWords(rows.flatMap(row => (row.packId === id ? [row.obstacle] : []))),
    ]),
  )
}
