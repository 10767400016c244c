import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockPositions, type PositionState, writeMoves } from './move-units.ts'

interface Waiting {
  storeId: string
  batchId: string
  state: PositionState
  bin: string
  variance: number
  reason: string
  countedBy: string
  decision: string | null
}

/**
 * Approves a difference, which then corrects the ledger by exactly that much whatever was sold since, or rejects it.
 * Refuses `own_count` for whoever counted it, `count_decided` for what is settled, and `count_below_promised` while
 * more is promised to orders than would be left.
 */
export async function decideCount(
  database: Database,
  caller: Caller,
  request: { id: string; approve: boolean; note?: string | undefined },
): Promise<{ id: string; correctedUnits: number }> {
  return inTransaction(database, caller, async tx => {
    const line = await lockLine(tx, request.id)
    if (line.decision !== null || line.variance === 0) {
      throw new Refusal('count_decided', 'Nothing is left to decide here. Reload the count sheet.')
    }
    if (line.countedBy === caller.personId) {
      throw new Refusal('own_count', 'You counted this yourself. Ask another person to approve it.')
    }
    await sql`
      update stock.count_line set decided_at = kernel.now(), decided_by = ${caller.personId},
        decision = ${request.approve ? 'approved' : 'rejected'}
      where id = ${request.id}`.execute(tx)
    if (!request.approve) return { id: request.id, correctedUnits: 0 }
    await correct(tx, caller, request, line)
    return { id: request.id, correctedUnits: line.variance }
  })
}

async function lockLine(tx: Tx, id: string): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count.store_id as "storeId", count_line.batch_id as "batchId", count_line.state, count_line.bin,
      count_line.units - count_line.ledger_units as variance, count_line.reason, count_line.counted_by as "countedBy",
      count_line.decision
    from stock.count_line join stock.count on count.id = count_line.count_id
    where count_line.id = ${id} for update of count_line`.execute(tx)
  const [line] = rows
  if (!line) throw new Refusal('not_found', 'There is no such number. Reload the count sheet.')
  return line
}

async function correct(
  tx: Tx,
  caller: Caller,
  request: { id: string; note?: string | undefined },
  line: Waiting,
): Promise<void> {
  const { storeId, batchId, state, bin, variance } = line
  const lying = await lockPositions(tx, [batchId])
  const place = lying.find(one => one.storeId === storeId && one.state === state && one.bin === bin)
  if ((place?.onHand ?? 0) + variance < (place?.reserved ?? 0)) {
    throw new Refusal(
      'count_below_promised',
      'More of this batch is promised to orders than would be left. Pack those from another batch first.',
    )
  }
  const note = request.note ? `${line.reason}: ${request.note}` : line.reason
  const move = { batchId, storeId, state, bin, units: variance }
  await writeMoves(tx, caller, 'adjusted', [move], { kind: 'count', id: request.id, note })
}
