import { purchaseListMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findLyingBatches } from '#modules/stock'
import { addDays, type Day } from '#kernel/day'
import { claimWindow } from './claim-window.ts'
import { debitFor, findReturnable } from './returnable.ts'

/** The buyer is warned so long before a lot's last day (the first rung of the expiry ladder). */
const warnDays = 180

/**
 * What lies here and expires soon or has expired, with the days its supplier takes it back and the money asked for.
 * Open windows first, then by expiry; at most `purchaseListMax`.
 */
export async function findClaims(db: Reader) {
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(db)
  const { today } = rows[0]!
  const lying = await findLyingBatches(db, {
    expiresUpTo: addDays(today, warnDays),
    limit: purchaseListMax,
  })
  const bought = await findReturnable(
    db,
    lying.map(batch => batch.id),
  )
  const packs = await findPacks(db, [...new Set(lying.map(batch => batch.packId))])
  const items = lying.flatMap(batch => {
    const bill = bought.get(batch.id)
    if (!bill) return []
    const units = Math.min(batch.freeUnits, bill.cameUnits - bill.returnedUnits)
    if (units <= 0) return []
    return [
      {
        batchId: batch.id,
        name: packs.get(batch.packId)?.name ?? '',
        batchNumber: batch.batchNumber,
        expiry: batch.expiry,
        supplierId: bill.supplierId,
        supplierName: bill.supplierName,
        units,
        unitsPerPack: batch.unitsPerPack,
        ...claimWindow(bill, batch.expiresOn, today),
        valuePaise: debitFor(bill, units).taxablePaise,
      },
    ]
  })
  const rank = { open: 0, later: 1, closed: 2 }
  return { items: items.sort((one, other) => rank[one.window] - rank[other.window]) }
}
