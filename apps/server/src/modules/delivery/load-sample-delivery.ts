import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

const feePaise = 40_00
const freeAbovePaise = 500_00
/** A cold box holds for hours, so it reaches the city only. */
const coldPrefix = '452'

/** Indore city within hours, its district within two days, the rest of the state later. */
const lanes = [
  { pinPrefix: '452', hoursMin: 4, hoursMax: 8 },
  { pinPrefix: '453', hoursMin: 12, hoursMax: 36 },
  { pinPrefix: '455', hoursMin: 24, hoursMax: 48 },
  { pinPrefix: '456', hoursMin: 24, hoursMax: 48 },
  { pinPrefix: '45', hoursMin: 48, hoursMax: 96 },
  { pinPrefix: '46', hoursMin: 48, hoursMax: 96 },
  { pinPrefix: '47', hoursMin: 48, hoursMax: 96 },
  { pinPrefix: '48', hoursMin: 48, hoursMax: 96 },
]

/** The sample store in Indore and where it delivers. A store somebody made stays the serving one. */
export async function loadSampleDelivery(database: Database): Promise<void> {
  await inTransaction(database, systemCaller('load-sample-delivery'), async tx => {
    const { rows } = await sql`
      insert into delivery.store (id, name, pin, district, state, is_sample)
      select 'sample_indore', 'Janta Pharmacy, sample store', '452001', 'Indore', 'Madhya Pradesh', true
      where not exists (select from delivery.store)
      returning id`.execute(tx)
    if (rows.length === 0) return
    await sql`
      insert into delivery.lane
        (store_id, pin_prefix, cash_on_delivery, hours_min, hours_max, fee_paise, free_above_paise,
          is_cold_chain)
      select 'sample_indore', pin_prefix, true, hours_min, hours_max, ${feePaise}, ${freeAbovePaise},
        pin_prefix = ${coldPrefix}
      from unnest(${lanes.map(lane => lane.pinPrefix)}::text[], ${lanes.map(lane => lane.hoursMin)}::int[],
        ${lanes.map(lane => lane.hoursMax)}::int[]) as given (pin_prefix, hours_min, hours_max)`.execute(
      tx,
    )
  })
}
