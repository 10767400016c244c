import { Refusal } from '#kernel/refusal'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { sql } from 'kysely'
import { lockPositions, writeMoves } from './move-units.ts'

/**
 * Units set apart (quarantine, expired, damaged) leave the books: destroyed, or sent back to the supplier. `causeId`
 * names the record of it. Refuses `out_of_stock` when fewer lie apart.
 */
export async function disposeUnits(
  tx: Tx,
  caller: Caller,
  request: {
    batchId: string
    units: number
    kind: 'destroyed' | 'sent_back'
    causeId: string
    note: string
  },
): Promise<void> {
  const lying = await lockPositions(tx, [request.batchId])
  let left = request.units
  const moves = []
  for (const one of lying) {
    if (!['quarantine', 'expired', 'damaged'].includes(one.state) || left === 0) continue
    const units = Math.min(left, one.onHand)
    left -= units
    moves.push({ ...one, units: -units })
  }
  if (left > 0) {
    throw new Refusal(
      'out_of_stock',
      `Only ${request.units - left} units of this batch lie apart. Count them again, or set the others apart first.`,
    )
  }
  await writeMoves(tx, caller, 'written_off', moves, {
    kind: request.kind === 'destroyed' ? 'destruction' : 'supplier_return',
    id: request.causeId,
    note: request.note,
  })
}

/**
 * Takes units of one batch back from an order they were issued for, into quarantine. Refuses `return_exceeds_sale`
 * for more than the order still has of it.
 */
export async function takeBackUnits(
  tx: Tx,
  caller: Caller,
  request: { orderId: string; batchId: string; units: number },
): Promise<void> {
  await sql`select stock.lock_balances(${[request.batchId]}::uuid[])`.execute(tx)
  const { rows } = await sql<{ storeId: string; bin: string; units: number }>`
    select store_id as "storeId", bin, (-sum(on_hand_delta))::integer as units from stock.movement
    where cause_id = ${request.orderId} and batch_id = ${request.batchId} and kind in ('issued', 'returned')
    group by store_id, bin having sum(on_hand_delta) < 0 order by store_id, bin`.execute(tx)
  const issued = rows.reduce((sum, row) => sum + row.units, 0)
  if (request.units > issued) {
    throw new Refusal(
      'return_exceeds_sale',
      `This order still has ${issued} units of that batch. Count what came back again.`,
    )
  }
  let left = request.units
  const back = rows.map(row => {
    const units = Math.min(left, row.units)
    left -= units
    return { ...row, units }
  })
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta,
      cause_kind, cause_id, actor_id, request_id)
    select ${request.batchId}, store_id, 'quarantine', bin, 'returned', units, 0, 'order', ${request.orderId},
      ${caller.personId}::uuid, ${caller.requestId}
    from unnest(${back.map(one => one.storeId)}::uuid[], ${back.map(one => one.bin)}::text[],
      ${back.map(one => one.units)}::integer[]) as back (store_id, bin, units)
    where units > 0`.execute(tx)
}
