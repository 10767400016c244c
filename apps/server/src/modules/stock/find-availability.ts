import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

export interface Availability {
  /** Whole packs somebody could reserve now; holds that ended count as free. */
  readonly availablePacks: number
  /** The expiry month of the batch one would receive first; null when there is none. */
  readonly earliestExpiry: string | null
}

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
    select batch.pack_id as "packId",
      sum((balance.on_hand - balance.reserved + lapsed.units) / batch.units_per_pack)::integer as "availablePacks",
      min(batch.expiry_month) as "earliestExpiry"
    from stock.store
    join stock.balance on balance.store_id = store.id
    join stock.batch on batch.id = balance.batch_id
    cross join lateral (
      select coalesce(sum(reservation.units), 0)::integer as units from stock.reservation
      where reservation.batch_id = batch.id and reservation.store_id = store.id
        and reservation.state = 'held' and reservation.expires_at <= kernel.now()
    ) as lapsed
    where store.is_default and batch.pack_id = any(${packIds}::uuid[])
      and balance.on_hand - balance.reserved + lapsed.units >= batch.units_per_pack
      and stock.why_not_issuable(batch.state, batch.expires_on, kernel.today(), store.min_life_days) is null
    group by batch.pack_id`.execute(db)
  for (const { packId, ...available } of rows) found.set(packId, available)
  return found
}
