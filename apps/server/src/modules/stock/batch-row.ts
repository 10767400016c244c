import type { BatchRow } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { type IssueObstacle, notIssuableOf } from './issuable.ts'

/** A batch as the queries of this module read it, before the catalogue adds the name. */
export interface BatchFound extends Omit<BatchRow, 'name' | 'composition' | 'notIssuable'> {
  readonly expiresOn: string
  readonly obstacle: IssueObstacle | null
}

/**
 * The columns every list of batches selects; needs `batch`, `store` and, as `lying`, one position of the batch in that
 * store (a balance) or all of them added up (`allPositions`).
 */
export const batchColumns = sql`
  batch.id, batch.pack_id as "medicineId", batch.batch_number as "batchNumber", batch.expiry_month as expiry,
  batch.expires_on as "expiresOn", lying.bin, coalesce(batch.hold, lying.state) as state,
  concat_ws('.', batch.id, lying.state, lying.bin) as "positionId", batch.mrp_paise as "mrpPaise",
  batch.units_per_pack as "unitsPerPack", lying.on_hand as "onHandUnits", lying.reserved as "reservedUnits",
  ${whyNot('lying.state')} as obstacle`

/** Everything of `batch` in `store` as if it lay in one place: where it is sold from, if any of it is. */
export const allPositions = sql`
  lateral (
    select coalesce(sum(on_hand), 0)::integer as on_hand, coalesce(sum(reserved), 0)::integer as reserved,
      case when count(*) filter (where balance.state = 'sellable' and on_hand > 0) > 0 then 'sellable'
        else coalesce(min(balance.state) filter (where on_hand > 0), 'sellable') end as state,
      coalesce(min(balance.bin) filter (where on_hand > 0), '') as bin
    from stock.balance where balance.batch_id = batch.id and balance.store_id = store.id
  ) as lying`

/**
 * The one rule, asked of units that nobody was promised yet; `state` names the column of their position, and
 * `deliveredOn` the day the customer would have them (the store's usual promise when nobody knows).
 */
export function whyNot(state: 'lying.state' | 'balance.state', deliveredOn: Day | null = null) {
  return sql<IssueObstacle | null>`stock.why_not_issuable(batch.hold, ${sql.ref(state)}, batch.expires_on,
    batch.storage_class, store.ships, kernel.today(),
    coalesce(${deliveredOn}::date, kernel.today() + store.delivery_days), store.min_life_days)`
}

/** A batch as staff see it: with the medicine's name and, when it may not be issued, the sentence why. */
export function batchRowOf(found: BatchFound, pack: PackFacts | undefined): BatchRow {
  const { expiresOn: _, obstacle, ...row } = found
  return {
    ...row,
    name: pack?.name ?? '',
    composition: pack?.composition ?? '',
    notIssuable: notIssuableOf(obstacle),
  }
}
