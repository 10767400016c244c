import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'

export interface LastPurchase {
  readonly packId: string
  readonly supplierId: string
  readonly supplierName: string
  readonly ratePaise: number
  readonly mrpPaise: number
  readonly landedPaise: number
  readonly units: number
  readonly boughtOn: Day
}

/** How each of these packs was bought the last time; packs never bought are absent. */
export async function findLastPurchases(
  db: Reader,
  packIds: readonly string[],
): Promise<Map<string, LastPurchase>> {
  const { rows } = await sql<LastPurchase>`
    select asked.pack_id as "packId", last.supplier_id as "supplierId", last.name as "supplierName",
      last.rate_paise as "ratePaise", last.mrp_paise as "mrpPaise", last.landed_paise as "landedPaise",
      (last.good_packs + last.damaged_packs) * last.units_per_pack as units,
      (last.received_at at time zone 'Asia/Kolkata')::date as "boughtOn"
    from unnest(${packIds}::uuid[]) as asked (pack_id)
    cross join lateral (
      select bill.supplier_id, bill.received_at, supplier.name, bill_line.*
      from purchasing.bill_line
      join purchasing.bill on bill.id = bill_line.bill_id
      join purchasing.supplier on supplier.id = bill.supplier_id
      where bill_line.pack_id = asked.pack_id and bill_line.good_packs + bill_line.damaged_packs > 0
      order by bill_line.batch_id desc limit 1
    ) as last`.execute(db)
  return new Map(rows.map(row => [row.packId, row]))
}
