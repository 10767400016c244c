import type { listExpiring as contract, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'

/**
 * The expiry ladder: at 180 days the buyer is told, at 120 goods go back while the supplier still takes them, at 90
 * they leave the online shelf, and after the last day nothing may be sold (Drugs Rules 65(17)).
 */
export const ladder = ['expired', 'within_90_days', 'within_120_days', 'within_180_days'] as const

const itemsPerStepMax = 100

interface Found {
  step: (typeof ladder)[number]
  id: string
  medicineId: string
  batchNumber: string
  expiry: string
  supplier: string
  bins: string
  units: number
  unitsPerPack: number
  mrpPaise: number
  costPaise: number
  freeUnits: number
  apartUnits: number
  place: number
  batches: number
  stepCostPaise: number
  stepMrpPaise: number
}

/** Every step with its batches, earliest expiry first, and the money at risk in all of them. */
export async function findExpiring(db: Reader): Promise<ReplyOf<typeof contract>> {
  const { rows: days } = await sql<{ today: string }>`select kernel.today() as today`.execute(db)
  const { rows } = await sql<Found>`
    with lying as (
      select batch.id, batch.pack_id, batch.batch_number, batch.expiry_month, batch.expires_on, batch.units_per_pack,
        batch.receipt_id, sum(balance.on_hand)::integer as units, string_agg(distinct nullif(balance.bin, ''), ', ') as bins,
        (sum(balance.on_hand - balance.reserved) filter (where balance.state in ('sellable', 'loose')))::integer as free,
        (sum(balance.on_hand) filter (where balance.state in ('quarantine', 'damaged', 'expired')))::integer as apart,
        div(sum(balance.on_hand) * batch.mrp_paise, batch.units_per_pack)::bigint as mrp,
        coalesce(div(sum(balance.on_hand) * batch.purchase_rate_paise, batch.units_per_pack), 0)::bigint as cost,
        case when batch.expires_on < kernel.today() then 'expired'
          when batch.expires_on < kernel.today() + 90 then 'within_90_days'
          when batch.expires_on < kernel.today() + 120 then 'within_120_days'
          else 'within_180_days' end as step
      from stock.balance
      join stock.batch on batch.id = balance.batch_id
      where balance.store_id = any(array(select id from stock.store)) and balance.on_hand > 0
        and balance.expires_on < kernel.today() + 180
      group by batch.id
    ), placed as (
      select lying.*, row_number() over in_step as place, count(*) over whole_step as batches,
        sum(cost) over whole_step as step_cost, sum(mrp) over whole_step as step_mrp
      from lying
      window in_step as (partition by step order by expires_on, id), whole_step as (partition by step)
    )
    select placed.step, placed.id, pack_id as "medicineId", batch_number as "batchNumber", expiry_month as expiry,
      supplier.name as supplier, coalesce(bins, '') as bins, units, units_per_pack as "unitsPerPack",
      mrp as "mrpPaise", cost as "costPaise", coalesce(free, 0) as "freeUnits", coalesce(apart, 0) as "apartUnits", place::integer, batches::integer, step_cost::bigint as "stepCostPaise",
      step_mrp::bigint as "stepMrpPaise"
    from placed
    join stock.receipt on receipt.id = placed.receipt_id
    join stock.supplier on supplier.id = receipt.supplier_id
    where place <= ${itemsPerStepMax} order by place, placed.step`.execute(db)
  const packs = await findPacks(db, [...new Set(rows.map(row => row.medicineId))])
  const steps = ladder.map(step => {
    const own = rows.filter(row => row.step === step)
    return {
      step,
      batches: own[0]?.batches ?? 0,
      costPaise: own[0]?.stepCostPaise ?? 0,
      mrpPaise: own[0]?.stepMrpPaise ?? 0,
      items: own.map(({ id, medicineId, batchNumber, expiry, supplier, bins, units, ...row }) => ({
        id,
        medicineId,
        name: packs.get(medicineId)?.name ?? '',
        batchNumber,
        expiry,
        supplier,
        bins,
        units,
        unitsPerPack: row.unitsPerPack,
        mrpPaise: row.mrpPaise,
        costPaise: row.costPaise,
        freeUnits: row.freeUnits,
        apartUnits: row.apartUnits,
      })),
    }
  })
  return { today: days[0]!.today, steps }
}
