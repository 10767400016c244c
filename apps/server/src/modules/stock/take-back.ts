import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'

interface Outstanding {
  batchId: string
  storeId: string
  units: number
}

/**
 * Takes back everything issued for the cause that has been outside the store: it waits in quarantine as lots of
 * their own, because a medicine that left the premises is not sold again unless a pharmacist says so.
 * What was taken back before is not taken back again. Returns the units that came back.
 */
export async function returnToQuarantine(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  const outstanding = await findOutstanding(tx, causeId)
  const lots = outstanding.map(one => ({ ...one, lotId: newId() }))
  await sql`
    insert into stock.batch (id, pack_id, receipt_id, origin_batch_id, batch_number, manufactured_month,
      expiry_month, mrp_paise, purchase_rate_paise, units_per_pack, storage_class, state)
    select lot.id, batch.pack_id, batch.receipt_id, batch.id, batch.batch_number, batch.manufactured_month,
      batch.expiry_month, batch.mrp_paise, batch.purchase_rate_paise, batch.units_per_pack,
      batch.storage_class, 'quarantine'
    from unnest(${lots.map(lot => lot.lotId)}::uuid[], ${lots.map(lot => lot.batchId)}::uuid[])
      as lot (id, origin_id)
    join stock.batch on batch.id = lot.origin_id`.execute(tx)
  return writeReturns(
    tx,
    caller,
    causeId,
    lots.map(lot => ({ ...lot, batchId: lot.lotId })),
  )
}

/** Puts back what was packed but never left the store: it returns to the very batches it was taken from. */
export async function returnToShelf(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  const outstanding = await findOutstanding(tx, causeId)
  await sql`select stock.lock_balances(${outstanding.map(one => one.batchId)}::uuid[])`.execute(tx)
  return writeReturns(tx, caller, causeId, outstanding)
}

/** Issued for the cause and not back yet, by the batch it was issued from, as the ledger says. */
async function findOutstanding(tx: Tx, causeId: string): Promise<Outstanding[]> {
  const { rows } = await sql<Outstanding>`
    select coalesce(batch.origin_batch_id, batch.id) as "batchId", movement.store_id as "storeId",
      (-sum(movement.on_hand_delta))::integer as units
    from stock.movement join stock.batch on batch.id = movement.batch_id
    where movement.cause_id = ${causeId} and movement.kind in ('issued', 'returned')
    group by 1, 2 having sum(movement.on_hand_delta) < 0
    order by 1, 2`.execute(tx)
  return rows
}

async function writeReturns(
  tx: Tx,
  caller: Caller,
  causeId: string,
  returned: readonly Outstanding[],
): Promise<number> {
  await sql`
    insert into stock.movement
      (batch_id, store_id, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, actor_id, request_id)
    select batch_id, store_id, 'returned', units, 0, 'order', ${causeId}, ${caller.personId}, ${caller.requestId}
    from unnest(${returned.map(one => one.batchId)}::uuid[], ${returned.map(one => one.storeId)}::uuid[],
      ${returned.map(one => one.units)}::integer[]) as back (batch_id, store_id, units)`.execute(tx)
  return returned.reduce((sum, one) => sum + one.units, 0)
}
