import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { type Cause, setApart } from './move-units.ts'

const lotsMax = 500

export interface NamedLot {
  readonly id: string
  readonly batchNumber: string
}

/** Every lot of this pack whose printed number is one of these, compared without case and outer spaces. */
export async function findLots(
  db: Reader,
  packId: string,
  batchNumbers: readonly string[],
): Promise<NamedLot[]> {
  const keys = batchNumbers.map(one => one.trim().toUpperCase())
  const { rows } = await sql<NamedLot>`
    select id, batch_number as "batchNumber" from stock.batch
    where pack_id = ${packId} and batch_key = any(${keys}::text[])
    order by id limit ${lotsMax}`.execute(db)
  return rows
}

/**
 * Stops whole batches wherever they lie: from the commit on nobody can reserve or pick them. Their free units go to
 * quarantine in the same transaction, so that a reservation which read the batch just before finds nothing left; what
 * is already promised stays blocked by the hold until `releaseBlocked` frees it. Returns the units set apart.
 */
export async function blockBatches(
  tx: Tx,
  caller: Caller,
  batchIds: readonly string[],
  cause: Cause,
): Promise<number> {
  // Whoever issues holds a shared lock on the batch, so this waits for packs that are leaving this moment.
  await sql`
    update stock.batch set hold = 'recalled' where id in (
      select id from stock.batch where id = any(${batchIds}::uuid[])
      order by pack_id, expires_on, received_at, id for update)`.execute(tx)
  return setApart(tx, caller, { batchIds, to: 'quarantine', cause })
}

/** Causes, of orders, that hold units of blocked batches; at most `limit`, the earliest promise first. */
export async function findHoldsOfBlocked(
  db: Reader,
  batchIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ causeId: string }>`
    select cause_id as "causeId" from stock.reservation
    where batch_id = any(${batchIds}::uuid[]) and state = 'held'
    group by cause_id order by min(id) limit ${limit}`.execute(db)
  return rows.map(row => row.causeId)
}

/**
 * Takes from a cause what it holds of blocked batches, and sets those units apart. Returns how many it freed; the
 * caller reserves anew.
 */
export async function releaseBlocked(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  const { rows: held } = await sql<{ batchId: string }>`
    select distinct reservation.batch_id as "batchId" from stock.reservation
    join stock.batch on batch.id = reservation.batch_id
    where reservation.cause_id = ${causeId} and reservation.state = 'held' and batch.hold is not null
    order by 1`.execute(tx)
  const batchIds = held.map(one => one.batchId)
  if (batchIds.length === 0) return 0
  await sql`select stock.lock_balances(${batchIds}::uuid[])`.execute(tx)
  const { rows } = await sql<{ units: number }>`
    with ended as (
      update stock.reservation set state = 'released', ended_at = kernel.now()
      where cause_id = ${causeId} and state = 'held' and batch_id = any(${batchIds}::uuid[])
      returning batch_id, store_id, bin, units
    ), moved as (
      insert into stock.movement (batch_id, store_id, bin, kind, on_hand_delta, reserved_delta,
        cause_kind, cause_id, actor_id, request_id, note)
      select batch_id, store_id, bin, 'released', 0, -units, 'order', ${causeId}, ${caller.personId}::uuid,
        ${caller.requestId}, 'the batch was blocked'
      from ended returning reserved_delta
    )
    select coalesce(-sum(reserved_delta), 0)::integer as units from moved`.execute(tx)
  const cause = { kind: 'order' as const, id: causeId, note: 'the batch was blocked' }
  await setApart(tx, caller, { batchIds, to: 'quarantine', cause })
  return rows[0]!.units
}
