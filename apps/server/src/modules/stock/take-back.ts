import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

interface Outstanding {
  batchId: string
  storeId: string
  bin: string
  units: number
  /** Of these, as many as left by the tablet: they can only come back among the cut strips. */
  looseUnits: number
}

/**
 * Takes back everything issued for the cause that has been outside the store: it waits in quarantine under its own
 * batch, because a medicine that left the premises is not sold again unless a pharmacist says so.
 * What was taken back before is not taken back again. Returns the units that came back.
 */
export async function returnToQuarantine(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  const outstanding = await lockOutstanding(tx, causeId)
  return writeReturns(tx, caller, { causeId, state: 'quarantine' }, outstanding)
}

/**
 * Puts back what was packed but never left the store: it returns to the very positions it was taken from; units of a
 * batch recalled or held meanwhile lie apart in quarantine, where they can be destroyed or sent back.
 */
export async function returnToShelf(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  const outstanding = await lockOutstanding(tx, causeId)
  return writeReturns(tx, caller, { causeId, state: 'sellable' }, outstanding)
}

/**
 * Issued for the cause and not back yet, by the bin it was issued from, as the ledger says under the lock. Returns
 * carry the bin they were taken from, so that the sums meet whatever state they came back to.
 */
async function lockOutstanding(tx: Tx, causeId: string): Promise<Outstanding[]> {
  await sql`
    select stock.lock_balances(array(
      select batch_id from stock.movement where cause_id = ${causeId} and kind = 'issued'))`.execute(
    tx,
  )
  const { rows } = await sql<Outstanding>`
    select coalesce(batch.origin_batch_id, batch.id) as "batchId", movement.store_id as "storeId", movement.bin,
      (-sum(movement.on_hand_delta))::integer as units,
      coalesce(-sum(movement.on_hand_delta) filter (where movement.kind = 'issued' and movement.state = 'loose'), 0)::integer
        as "looseUnits"
    from stock.movement join stock.batch on batch.id = movement.batch_id
    where movement.cause_id = ${causeId} and movement.kind in ('issued', 'returned')
    group by 1, 2, 3 having sum(movement.on_hand_delta) < 0
    order by 1, 2, 3`.execute(tx)
  return rows
}

async function writeReturns(
  tx: Tx,
  caller: Caller,
  to: { causeId: string; state: 'quarantine' | 'sellable' },
  returned: readonly Outstanding[],
): Promise<number> {
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta,
      cause_kind, cause_id, actor_id, request_id)
    select batch_id, store_id, part.state, bin, 'returned', part.units, 0, 'order', ${to.causeId},
      ${caller.personId}::uuid, ${caller.requestId}
    from unnest(${returned.map(one => one.batchId)}::uuid[], ${returned.map(one => one.storeId)}::uuid[],
      ${returned.map(one => one.bin)}::text[], ${returned.map(one => one.units)}::integer[],
      ${returned.map(one => Math.min(one.units, one.looseUnits))}::integer[])
      as back (batch_id, store_id, bin, units, loose)
    join stock.batch on batch.id = back.batch_id
    cross join lateral (select case when batch.hold is null then ${to.state} else 'quarantine' end) as lies (state)
    cross join lateral (values (lies.state, back.units - back.loose),
      (case when lies.state = 'sellable' then 'loose' else lies.state end, back.loose)) as part (state, units)
    where part.units > 0`.execute(tx)
  return returned.reduce((sum, one) => sum + one.units, 0)
}
