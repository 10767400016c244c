import type { BatchRow } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts } from '#modules/catalogue'
import { type IssueObstacle, notIssuableOf } from './issuable.ts'

/** A batch as the queries of this module read it, before the catalogue adds the name. */
export interface BatchFound extends Omit<BatchRow, 'name' | 'composition' | 'notIssuable'> {
  readonly expiresOn: string
  readonly obstacle: IssueObstacle | null
}

/** The columns every list of batches selects; needs `batch`, `balance` and `store` in the from clause. */
export const batchColumns = sql`
  batch.id, batch.pack_id as "medicineId", batch.batch_number as "batchNumber", batch.expiry_month as expiry,
  batch.expires_on as "expiresOn", batch.bin, batch.state, batch.mrp_paise as "mrpPaise",
  batch.units_per_pack as "unitsPerPack", balance.on_hand as "onHandUnits", balance.reserved as "reservedUnits",
  stock.why_not_issuable(batch.state, batch.expires_on, kernel.today(), store.min_life_days) as obstacle`

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
