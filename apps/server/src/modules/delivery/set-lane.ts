import type { Lanes, LaneTerms } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findServingStore, listLanes } from './list-lanes.ts'

/**
 * How the serving store delivers to the PINs that begin with `pinPrefix`, from the next request on; a longer beginning
 * goes before. Refuses `no_serving_store`, and `lane_hours_wrong` where the range is upside down.
 */
export async function setLane(
  database: Database,
  caller: Caller,
  lane: LaneTerms & { readonly pinPrefix: string },
): Promise<Lanes> {
  if (lane.hoursMin > lane.hoursMax) {
    throw new Refusal(
      'lane_hours_wrong',
      'The fewest hours are more than the most. Enter the range the other way round.',
    )
  }
  return inTransaction(database, caller, async tx => {
    const store = await findServingStore(tx)
    await sql`
      insert into delivery.lane (store_id, pin_prefix, delivers, cash_on_delivery, hours_min, hours_max, fee_paise,
        free_above_paise, is_cold_chain)
      values (${store.id}, ${lane.pinPrefix}, ${lane.delivers}, ${lane.cashOnDelivery}, ${lane.hoursMin},
        ${lane.hoursMax}, ${lane.feePaise}, ${lane.freeAbovePaise}, ${lane.isColdChain})
      on conflict (store_id, pin_prefix) do update set delivers = excluded.delivers,
        cash_on_delivery = excluded.cash_on_delivery, hours_min = excluded.hours_min,
        hours_max = excluded.hours_max, fee_paise = excluded.fee_paise,
        free_above_paise = excluded.free_above_paise, is_cold_chain = excluded.is_cold_chain`.execute(
      tx,
    )
    return listLanes(tx)
  })
}
