import type { Excursion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findApart, findExcursions, type LyingApart } from './find-excursions.ts'
import { lockPositions, type Move, writeMoves } from './move-units.ts'

interface Decision {
  readonly id: string
  readonly decision: 'release' | 'write_off'
  /** What it rests on: the maker's stability letter, the label, the logger's chart. */
  readonly evidence: string
}

/**
 * A pharmacist decides, once, over what an excursion set apart: back on the shelf, or off the books. What was recalled
 * meanwhile stays apart, and what expired goes among the expired, whatever is decided. Refuses `not_found` and
 * `excursion_decided`.
 */
export async function decideExcursion(
  database: Database,
  caller: Caller,
  decision: Decision,
): Promise<Excursion> {
  await inTransaction(database, caller, async tx => {
    await lockUndecided(tx, decision.id)
    const batchIds = await findBatchIds(tx, decision.id)
    await lockPositions(tx, batchIds)
    const apart = await findApart(tx, [decision.id])
    await (decision.decision === 'release'
      ? release(tx, caller, decision, apart)
      : writeOff(tx, caller, decision, apart))
    await sql`
      update stock.excursion set decision = ${decision.decision}, decided_at = kernel.now(),
        decided_by = ${caller.personId}, evidence = ${decision.evidence}
      where id = ${decision.id}`.execute(tx)
    await endHolds(tx, decision.id)
    await emit(tx, caller, 'stock.goods_received', { excursionId: decision.id })
    return { id: decision.id }
  })
  return (await findExcursions(database.db, decision.id)).items[0]!
}

async function lockUndecided(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<{ isDecided: boolean }>`
    select decision is not null as "isDecided" from stock.excursion where id = ${id} for update`.execute(
    tx,
  )
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such excursion. Look it up in the list.')
  if (!found.isDecided) return
  throw new Refusal('excursion_decided', 'A pharmacist decided this already. Open it to see how.')
}

async function findBatchIds(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select batch_id as id from stock.excursion_batch where excursion_id = ${id} order by batch_id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

async function release(
  tx: Tx,
  caller: Caller,
  { id, evidence }: Decision,
  apart: readonly LyingApart[],
): Promise<void> {
  const { rows } = await sql<{ id: string; to: 'sellable' | 'expired' }>`
    select id, case when expires_on < kernel.today() then 'expired' else 'sellable' end as to
    from stock.batch
    where id = any(${apart.map(one => one.batchId)}::uuid[]) and hold is distinct from 'recalled'
    for share`.execute(tx)
  const goesTo = new Map(rows.map(row => [row.id, row.to]))
  const moves = apart.flatMap(({ batchId, storeId, bin, units }): Move[] => {
    const to = goesTo.get(batchId)
    return to === undefined
      ? []
      : [
          { batchId, storeId, state: 'quarantine', bin, units: -units },
          { batchId, storeId, state: to, bin, units },
        ]
  })
  await writeMoves(tx, caller, 'quarantined', moves, { kind: 'decision', id, note: evidence })
}

async function writeOff(
  tx: Tx,
  caller: Caller,
  { id, evidence }: Decision,
  apart: readonly LyingApart[],
): Promise<void> {
  const moves = apart.map(({ batchId, storeId, bin, units }) => ({
    batchId,
    storeId,
    state: 'quarantine' as const,
    bin,
    units: -units,
  }))
  await writeMoves(tx, caller, 'written_off', moves, { kind: 'excursion', id, note: evidence })
}

/** A batch stopped for this alone is free again; a recall, another pharmacist's hold or another open excursion stays. */
async function endHolds(tx: Tx, id: string): Promise<void> {
  await sql`
    update stock.batch set hold = null
    where hold = 'on_hold' and id in (
      select batch_id from stock.excursion_batch where excursion_id = ${id} and is_held)
      and not exists (
        select from stock.excursion_batch as other join stock.excursion on excursion.id = other.excursion_id
        where other.batch_id = batch.id and other.is_held and excursion.decision is null)`.execute(
    tx,
  )
}
