import type { WriteOff } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findWriteOff, writeOffNotFound } from './find-write-offs.ts'
import { lockPositions, type Move, writeMoves } from './move-units.ts'

/**
 * Puts the units of a write-off back where they lay apart, by a counter-movement: nothing that was written is changed.
 * Refuses `not_found`, and `write_off_undone` the second time.
 */
export async function undoWriteOff(
  database: Database,
  caller: Caller,
  asked: { id: string; reason: string },
): Promise<WriteOff> {
  await inTransaction(database, caller, async tx => {
    await putBack(tx, caller, asked)
    return { id: asked.id }
  })
  return findWriteOff(database.db, asked.id)
}

async function putBack(
  tx: Tx,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{ batchId: string; isUndone: boolean }>`
    select batch_id as "batchId", undone_at is not null as "isUndone"
    from stock.write_off where id = ${id} for update`.execute(tx)
  const [found] = rows
  if (!found) throw writeOffNotFound()
  if (found.isUndone) {
    throw new Refusal('write_off_undone', 'These units were put back already. Reload the list.')
  }
  await lockPositions(tx, [found.batchId])
  const { rows: gone } = await sql<Move>`
    select batch_id as "batchId", store_id as "storeId", state, bin, -on_hand_delta as units from stock.movement
    where cause_id = ${id} and kind = 'written_off' order by id`.execute(tx)
  const note = reason.trim()
  await sql`
    update stock.write_off set undone_at = kernel.now(), undone_by = ${caller.personId}, undo_reason = ${note}
    where id = ${id}`.execute(tx)
  await writeMoves(tx, caller, 'adjusted', gone, { kind: 'destruction', id, note })
}
