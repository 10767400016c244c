import { type Excursion, excursionsMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'

interface HeadFound extends Omit<Excursion, 'openedAt' | 'firstReadAt' | 'decidedAt' | 'batches'> {
  readonly openedAt: Date
  readonly firstReadAt: Date
  readonly decidedAt: Date | null
}

/** Units of a batch that lie apart because of an excursion. */
export interface LyingApart {
  readonly excursionId: string
  readonly batchId: string
  readonly packId: string
  readonly batchNumber: string
  readonly storeId: string
  readonly bin: string
  readonly units: number
}

/** Excursions, the open ones first and then the newest, at most `excursionsMax`; or the one of this id. */
export async function findExcursions(
  db: Reader,
  id: string | null = null,
): Promise<{ items: Excursion[] }> {
  const { rows } = await sql<HeadFound>`
    select excursion.id, fridge_id as "fridgeId", fridge.name as fridge, fridge.bin, opened_at as "openedAt",
      first_read_at as "firstReadAt", worst_tenths as "worstTenths", excursion.min_tenths as "minTenths",
      excursion.max_tenths as "maxTenths", decision, decided_at as "decidedAt", decided_by as "decidedBy", evidence
    from stock.excursion join stock.fridge on fridge.id = excursion.fridge_id
    where ${id}::uuid is null or excursion.id = ${id}::uuid
    order by decision is not null, opened_at desc, excursion.id limit ${excursionsMax}`.execute(db)
  const apart = await findApart(
    db,
    rows.map(row => row.id),
  )
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(apart.map(one => one.packId))]),
    findNames(db, [...new Set(rows.flatMap(row => row.decidedBy ?? []))]),
  ])
  return {
    items: rows.map(row => ({
      ...row,
      openedAt: row.openedAt.toISOString(),
      firstReadAt: row.firstReadAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidedBy: names.get(row.decidedBy ?? '') ?? null,
      batches: apart.flatMap(({ excursionId, batchId, packId, batchNumber, units }) =>
        excursionId === row.id
          ? [{ batchId, name: packs.get(packId)?.name ?? '', batchNumber, units }]
          : [],
      ),
    })),
  }
}

/**
 * What still lies apart because of these undecided excursions: never more than they set apart, so that a pack which came back
 * from a customer and waits in the same bin is no part of the decision.
 */
export async function findApart(
  db: Reader,
  excursionIds: readonly string[],
): Promise<LyingApart[]> {
  const { rows } = await sql<LyingApart>`
    select excursion.id as "excursionId", batch.id as "batchId", batch.pack_id as "packId",
      batch.batch_number as "batchNumber", fridge.store_id as "storeId", fridge.bin,
      least(lying.units, moved.units)::integer as units
    from stock.excursion
    join stock.fridge on fridge.id = excursion.fridge_id
    join stock.excursion_batch on excursion_batch.excursion_id = excursion.id
    join stock.batch on batch.id = excursion_batch.batch_id
    cross join lateral (
      select coalesce(sum(on_hand), 0) as units from stock.balance
      where balance.batch_id = batch.id and balance.store_id = fridge.store_id and balance.bin = fridge.bin
        and balance.state = 'quarantine'
    ) as lying
    cross join lateral (
      select coalesce(sum(on_hand_delta), 0) as units from stock.movement
      where movement.batch_id = batch.id and movement.store_id = fridge.store_id and movement.bin = fridge.bin
        and movement.state = 'quarantine' and movement.kind = 'quarantined'
        and (movement.cause_id = excursion.id
          or (excursion_batch.is_held and movement.cause_kind = 'order' and movement.at >= excursion.opened_at))
    ) as moved
    where excursion.id = any(${excursionIds}::uuid[]) and excursion.decision is null
      and least(lying.units, moved.units) > 0
    order by batch.pack_id, batch.expires_on, batch.id`.execute(db)
  return rows
}
