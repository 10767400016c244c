import { sql } from 'kysely'
import { type Between, isWrittenBetween } from '#kernel/look'
import type { Reader } from '#modules/catalogue'
import { whyNot } from './batch-row.ts'

export interface Availability {
  /** Whole packs somebody could reserve now; holds that ended count as free. */
  readonly availablePacks: number
  /** The expiry month of the batch one would receive first; null when there is none. */
  readonly earliestExpiry: string | null
}

const free = sql`
  select batch.pack_id as "packId",
    sum((balance.on_hand - balance.reserved + lapsed.units) / batch.units_per_pack)::integer as "availablePacks",
    min(batch.expiry_month) as "earliestExpiry"
  from stock.store
  join stock.balance on balance.store_id = store.id and balance.state = 'sellable'
  join stock.batch on batch.id = balance.batch_id
  cross join lateral (
    select coalesce(sum(reservation.units), 0)::integer as units from stock.reservation
    where reservation.batch_id = batch.id and reservation.store_id = store.id
      and reservation.bin = balance.bin
      and reservation.state = 'held' and reservation.expires_at <= kernel.now()
  ) as lapsed
  where store.is_default
    and balance.on_hand - balance.reserved + lapsed.units >= batch.units_per_pack
    and ${whyNot('balance.state')} is null`

/**
 * What the default store could promise of each pack now, by the same rule and the same clock as `stock.reserve`.
 * Every id asked for has an entry, none on the shelf included.
 */
export async function findAvailability(
  db: Reader,
  packIds: readonly string[],
): Promise<ReadonlyMap<string, Availability>> {
  const found = new Map<string, Availability>(
    packIds.map(id => [id, { availablePacks: 0, earliestExpiry: null }]),
  )
  const { rows } = await sql<Availability & { packId: string }>`
    ${free} and batch.pack_id = any(${packIds}::uuid[]) group by batch.pack_id`.execute(db)
  for (const { packId, ...available } of rows) found.set(packId, available)
  return found
}

/** The shelf from the pack after `afterId` on, by pack, at most `limit` of those that have anything to promise. */
export async function readShelf(
  db: Reader,
  afterId: string | null,
  limit: number,
): Promise<(Availability & { packId: string })[]> {
  const { rows } = await sql<Availability & { packId: string }>`
    ${free} and batch.pack_id > coalesce(${afterId}::uuid, '00000000-0000-0000-0000-000000000000')
    group by batch.pack_id order by batch.pack_id limit ${limit}`.execute(db)
  return rows
}

/**
 * Packs whose availability may differ between two looks, at most `limit`. Time alone changes it too: a hold's end
 * shows when the sweep releases it, within the minute, and an expiry shows when the whole shelf is read on a new day.
 */
export async function findMovedPacks(db: Reader, looks: Between, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select batch.pack_id as id from stock.movement join stock.batch on batch.id = movement.batch_id
        where ${isWrittenBetween('movement.written_in', looks)})
      union
      (select pack_id as id from stock.batch where ${isWrittenBetween('batch.written_in', looks)})
    ) as moved order by id limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}
