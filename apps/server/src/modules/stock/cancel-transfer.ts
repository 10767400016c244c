import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { transferNotFound } from './find-transfers.ts'
import { lockPositions, type Move, type PositionState, writeMoves } from './move-units.ts'

/**
 * Calls back a transfer that has not arrived: its units lie in the sending store again, where they were taken from;
 * apart, when the batch was blocked or expired meanwhile. Refuses `not_found` and `transfer_state_forbids`.
 */
export async function cancelTransfer(
  database: Database,
  caller: Caller,
  asked: { id: string; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    await lockSent(tx, asked.id)
    const batchIds = await findSentBatches(tx, asked.id)
    await lockPositions(tx, batchIds)
    await sql`
      update stock.transfer set cancelled_at = kernel.now(), cancelled_by = ${caller.personId}::uuid,
        cancel_reason = ${asked.reason.trim()}
      where id = ${asked.id}`.execute(tx)
    const moves = await movesBack(tx, asked.id)
    const cause = { kind: 'transfer', id: asked.id, note: asked.reason.trim() } as const
    await writeMoves(tx, caller, 'transferred', moves, cause)
    await emit(tx, caller, 'stock.goods_received', { transferId: asked.id })
    return { id: asked.id }
  })
}

async function lockSent(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<{ isOver: boolean }>`
    select received_at is not null or cancelled_at is not null as "isOver"
    from stock.transfer where id = ${id} for update`.execute(tx)
  const [transfer] = rows
  if (!transfer) throw transferNotFound()
  if (!transfer.isOver) return
  throw new Refusal(
    'transfer_state_forbids',
    'This transfer is no longer on its way. Send the goods back by a transfer of their own.',
  )
}

async function findSentBatches(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select batch_id as id from stock.transfer_line where transfer_id = ${id} order by batch_id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** Every movement of the sending the other way round. Shared locks keep a recall from slipping in between. */
async function movesBack(tx: Tx, id: string): Promise<Move[]> {
  const { rows } = await sql<Move & { goodTo: PositionState }>`
    select batch_id as "batchId", store_id as "storeId", movement.state, movement.bin, -on_hand_delta as units,
      case when batch.expires_on < kernel.today() then 'expired' when batch.hold is not null then 'quarantine'
        else movement.state end as "goodTo"
    from stock.movement join stock.batch on batch.id = movement.batch_id
    where cause_id = ${id} and kind = 'transferred' order by movement.id for share of batch`.execute(
    tx,
  )
  return rows.map(({ goodTo, ...move }) => (move.units < 0 ? move : { ...move, state: goodTo }))
}
