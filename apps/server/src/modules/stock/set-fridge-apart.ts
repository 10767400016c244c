import type { Fridge } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import { setApart } from './move-units.ts'

type Limits = Pick<Fridge, 'minTenths' | 'maxTenths'>
const batchesPerFridgeMax = 2_000

export function isOutside({ minTenths, maxTenths }: Limits, tenths: number): boolean {
  return tenths < minTenths || tenths > maxTenths
}

/** How far outside, for finding the worst. */
function distance({ minTenths, maxTenths }: Limits, tenths: number): number {
  return Math.max(minTenths - tenths, tenths - maxTenths)
}

/**
 * Opens the fridge's excursion, or finds the open one, and sets apart what lies in its bin. A batch of which some is
 * promised to orders is stopped as a whole, so that nothing of it is packed before the decision; the event has its
 * orders filled from others. Returns the excursion's id. The caller has locked the fridge.
 */
export async function setFridgeApart(
  tx: Tx,
  caller: Caller,
  fridge: Limits & Pick<Fridge, 'id' | 'storeId' | 'name' | 'bin'>,
  outside: readonly { at: Date; tenths: number }[],
): Promise<string> {
  const worst = outside.reduce((one, other) =>
    distance(fridge, other.tenths) > distance(fridge, one.tenths) ? other : one,
  )
  const first = outside.reduce((one, other) => (other.at < one.at ? other : one))
  const id = await openExcursion(tx, fridge, { worst: worst.tenths, firstAt: first.at })
  const lying = await findInBin(tx, fridge)
  const heldIds = lying.filter(one => one.isPromised).map(one => one.batchId)
  await sql`
    insert into stock.excursion_batch (excursion_id, batch_id, is_held)
    select ${id}, batch_id, batch_id = any(${heldIds}::uuid[])
    from unnest(${lying.map(one => one.batchId)}::uuid[]) as lot (batch_id)
    on conflict (excursion_id, batch_id) do update set is_held = excursion_batch.is_held or excluded.is_held`.execute(
    tx,
  )
  if (heldIds.length > 0) {
    await sql`
      update stock.batch set hold = 'on_hold' where id in (
        select id from stock.batch where id = any(${heldIds}::uuid[]) and hold is null
        order by pack_id, expires_on, received_at, id for update)`.execute(tx)
    await emit(tx, caller, 'stock.batches_blocked', { excursionId: id, batchIds: heldIds })
  }
  await setApart(tx, caller, {
    batchIds: lying.map(one => one.batchId),
    to: 'quarantine',
    storeId: fridge.storeId,
    bins: [fridge.bin],
    cause: {
      kind: 'excursion',
      id,
      note: `${fridge.name} at ${(worst.tenths / 10).toFixed(1)} °C`,
    },
  })
  return id
}

async function openExcursion(
  tx: Tx,
  fridge: Limits & { id: string },
  found: { worst: number; firstAt: Date },
): Promise<string> {
  const { rows: open } = await sql<{ id: string; worst: number }>`
    select id, worst_tenths as worst from stock.excursion
    where fridge_id = ${fridge.id} and decision is null for update`.execute(tx)
  const [known] = open
  if (known) {
    if (distance(fridge, found.worst) > distance(fridge, known.worst)) {
      await sql`
        update stock.excursion set worst_tenths = ${found.worst} where id = ${known.id}`.execute(tx)
    }
    return known.id
  }
  const id = newId()
  await sql`
    insert into stock.excursion (id, fridge_id, first_read_at, worst_tenths, min_tenths, max_tenths)
    values (${id}, ${fridge.id}, ${found.firstAt}, ${found.worst}, ${fridge.minTenths}, ${fridge.maxTenths})`.execute(
    tx,
  )
  return id
}

async function findInBin(tx: Tx, { storeId, bin }: { storeId: string; bin: string }) {
  const { rows } = await sql<{ batchId: string; isPromised: boolean }>`
    select batch_id as "batchId", bool_or(reserved > 0) as "isPromised" from stock.balance
    where store_id = ${storeId} and bin = ${bin} and on_hand > 0 and state in ('sellable', 'loose')
    group by batch_id order by batch_id limit ${batchesPerFridgeMax}`.execute(tx)
  return rows
}
