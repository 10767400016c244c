import type { CutLine } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { findOpenStrips } from '#modules/stock'

/** Which packs of an order to pack are cut, how much of each leaves, and which strips cut before could give it. */
export async function findCuts(db: Reader, orderId: string): Promise<CutLine[]> {
  const { rows } = await sql<{
    storeId: string
    packId: string
    pieceUnits: number
    unitsPerPack: number
  }>`
    select placed.store_id as "storeId", pack_id as "packId", units - (quantity - 1) * units_per_pack as "pieceUnits",
      units_per_pack as "unitsPerPack"
    from ordering.order as placed join ordering.order_line on order_line.order_id = placed.id
    where placed.id = ${orderId} and placed.state = 'placed' and units is not null
    order by line`.execute(db)
  const [first] = rows
  if (!first) return []
  const packIds = rows.map(row => row.packId)
  const strips = await findOpenStrips(db, { storeId: first.storeId, packIds })
  return rows.map(({ packId, pieceUnits, unitsPerPack }) => ({
    medicineId: packId,
    pieceUnits,
    unitsPerPack,
    openStrips: strips
      .filter(one => one.packId === packId && one.units >= pieceUnits)
      .map(({ batchId, batchNumber, expiry, bin, units }) => {
        return { batchId, batchNumber, expiry, bin, units }
      }),
  }))
}
