import type { NewReceipt } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts } from '#modules/catalogue'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { addDays, type Day, monthOf } from '#kernel/day'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { receiveStock } from './receive-stock.ts'
import { setApart } from './move-units.ts'

const linesPerBillMax = 200
const supplierName = 'Invented Wholesale'
const caller = systemCaller('stock.load_sample')

/**
 * Fills the sample shelf through real goods receipts: two lots of most packs, here and there one too near its expiry
 * to be sold online or one in quarantine, and some packs none at all, so that every screen has something to show.
 * Running it again adds nothing.
 */
export async function loadSampleStock(
  database: Database,
  packIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ today: Day; filled: boolean }>`
    select kernel.today() as today, exists (
      select from stock.receipt join stock.supplier on supplier.id = receipt.supplier_id
      where supplier.name = ${supplierName}) as filled`.execute(database.db)
  const { today, filled } = rows[0]!
  if (filled) return
  const packs = await findPacks(database.db, packIds)
  const lines = packIds.flatMap((id, index) => sampleLots(packs.get(id), index, today))
  for (let at = 0; at < lines.length; at += linesPerBillMax) {
    const billNumber = `SAMPLE-${at / linesPerBillMax + 1}`
    const bill = { supplierName, billNumber, lines: lines.slice(at, at + linesPerBillMax) }
    await receiveStock(database, caller, newId(), bill)
  }
  await inTransaction(database, caller, async tx => {
    const { rows: lots } = await sql<{ id: string }>`
      select id from stock.batch where batch_number like 'SMPL%Q' order by id`.execute(tx)
    await setApart(tx, caller, {
      batchIds: lots.map(lot => lot.id),
      to: 'quarantine',
      cause: { kind: 'decision', id: newId(), note: 'sample' },
    })
  })
}

function sampleLots(pack: PackFacts | undefined, index: number, today: Day): NewReceipt['lines'] {
  if (!pack?.mrpPaise || index % 13 === 12) return []
  const lot = (mark: string, days: number, packs: number) => ({
    medicineId: pack.id,
    batchNumber: `SMPL${String(index + 1).padStart(4, '0')}${mark}`,
    expiry: monthOf(addDays(today, days)),
    mrpPaise: pack.mrpPaise!,
    packs,
    bin: `${'ABCDEF'[index % 6]}${(index % 20) + 1}`,
  })
  return [
    lot('A', 420, 40),
    lot('B', 800, 60),
    ...(index % 7 === 3 ? [lot('S', 20, 6)] : []),
    ...(index % 17 === 5 ? [lot('Q', 500, 4)] : []),
  ]
}
