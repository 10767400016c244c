import type { FileContent } from '@janta/contracts'
import { sql } from 'kysely'
import { findSeller } from '#modules/billing'
import { findPacks, type Reader } from '#modules/catalogue'
import { defaultStore, findBatchPrint } from '#modules/stock'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { drawCutLabel } from './draw-cut-label.ts'

/**
 * The label of a piece of a cut strip as PDF: loose supply in a pack other than the maker's names drug, quantity and
 * dealer (Drugs Rules 65(19)). Refuses `not_found`, and `seller_unknown` while nobody entered the dealer's facts.
 */
export async function printCutLabel(
  db: Reader,
  { batchId, units }: { batchId: string; units: number },
): Promise<FileContent> {
  const batch = await findBatchPrint(db, batchId)
  const pack = batch && (await findPacks(db, [batch.packId])).get(batch.packId)
  if (!pack) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  const { rows } = await sql<{ now: Date; today: Day }>`
    select kernel.now() as now, kernel.today() as today`.execute(db)
  const { now, today } = rows[0]!
  const seller = await findSeller(db, (await defaultStore(db)).id, today)
  if (!seller) {
    throw new Refusal(
      'seller_unknown',
      'No label can be printed until an administrator has entered the name, address and licences of this store under Money.',
    )
  }
  const { name, baseUnit, manufacturer } = pack
  const { batchNumber, expiry } = batch
  const piece = { name, baseUnit, manufacturer, batchNumber, expiry, units, at: now }
  const bytes = await drawCutLabel(piece, seller)
  return {
    name: `cut-strip-${batchNumber.replaceAll(/[^A-Za-z0-9-]/g, '')}.pdf`,
    contentType: 'application/pdf',
    base64: bytes.toString('base64'),
  }
}
