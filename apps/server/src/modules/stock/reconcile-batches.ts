import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** One batch as the whole ledger tells it, in base units and over all stores. */
export interface BatchAccount {
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly unitsPerPack: number
  readonly receivedUnits: number
  readonly onHandUnits: number
  readonly reservedUnits: number
  readonly soldUnits: number
  readonly returnedUnits: number
  readonly destroyedUnits: number
  readonly sentBackUnits: number
  /** What counts and other write-offs took away (or, negative, found). */
  readonly correctedUnits: number
}

/**
 * Accounts for every unit of these batches: received = on hand + sold - returned + destroyed + sent back + corrected.
 * What is on hand is read from the balances and the rest from the movements, so that the equation proves something.
 */
export async function reconcileBatches(
  db: Reader,
  batchIds: readonly string[],
): Promise<BatchAccount[]> {
  const { rows } = await sql<BatchAccount>`
    select batch.id as "batchId", batch.batch_number as "batchNumber", batch.expiry_month as expiry,
      batch.units_per_pack as "unitsPerPack", lying.on_hand as "onHandUnits", lying.reserved as "reservedUnits",
      moved.received as "receivedUnits", moved.sold as "soldUnits", moved.returned as "returnedUnits",
      moved.destroyed as "destroyedUnits", moved.sent_back as "sentBackUnits", moved.corrected as "correctedUnits"
    from stock.batch
    cross join lateral (
      select coalesce(sum(on_hand), 0)::integer as on_hand, coalesce(sum(reserved), 0)::integer as reserved
      from stock.balance where balance.batch_id = batch.id
    ) as lying
    cross join lateral (
      select coalesce(sum(on_hand_delta) filter (where kind = 'received'), 0)::integer as received,
        coalesce(-sum(on_hand_delta) filter (where kind = 'issued'), 0)::integer as sold,
        coalesce(sum(on_hand_delta) filter (where kind = 'returned'), 0)::integer as returned,
        coalesce(-sum(on_hand_delta) filter (where kind = 'written_off' and cause_kind = 'destruction'), 0)::integer
          as destroyed,
        coalesce(-sum(on_hand_delta) filter (where kind = 'written_off' and cause_kind = 'supplier_return'), 0)::integer
          as sent_back,
        coalesce(-sum(on_hand_delta) filter (where kind = 'adjusted'
          or (kind = 'written_off' and cause_kind not in ('destruction', 'supplier_return'))), 0)::integer as corrected
      from stock.movement where movement.batch_id = batch.id
    ) as moved
    where batch.id = any(${batchIds}::uuid[])
    order by batch.batch_number, batch.expires_on, batch.id`.execute(db)
  return rows
}

/** True when no unit is missing from the account. */
export function isReconciled(account: BatchAccount): boolean {
  const { onHandUnits, soldUnits, returnedUnits, destroyedUnits, sentBackUnits } = account
  const found = onHandUnits + soldUnits - returnedUnits + destroyedUnits + sentBackUnits
  return account.receivedUnits === found + account.correctedUnits
}
