import type { BuyingFacts } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findLastPurchases } from './find-last-purchases.ts'

const gtinLength = 14

/** A code as it is kept: bars of 8, 12 or 13 digits are the same number with zeros before it (GS1). */
export const gtinKey = (code: string): string => code.padStart(gtinLength, '0')

/** How these medicines were bought last and how they are taxed, in the order asked; unknown ones are absent. */
export async function findBuyingFacts(
  db: Reader,
  medicineIds: readonly string[],
): Promise<{ items: BuyingFacts[] }> {
  const ids = [...new Set(medicineIds)]
  const packs = await findPacks(db, ids)
  const last = await findLastPurchases(db, ids)
  const items = ids.flatMap((id): BuyingFacts[] => {
    const pack = packs.get(id)
    if (!pack) return []
    const bought = last.get(id)
    return [
      {
        medicineId: id,
        name: pack.name,
        packLabel: pack.packLabel,
        unitsPerPack: pack.unitsPerPack,
        gstBasisPoints: pack.taxRateBasisPoints,
        mrpPaise: bought?.mrpPaise ?? pack.mrpPaise,
        lastRatePaise: bought?.ratePaise ?? null,
        lastSupplierName: bought?.supplierName ?? null,
      },
    ]
  })
  return { items }
}

/** The medicine whose pack carried this code on an earlier bill, or null. */
export async function findPackByCode(
  db: Reader,
  code: string,
): Promise<{ found: BuyingFacts | null }> {
  const { rows } = await sql<{ packId: string }>`
    select pack_id as "packId" from purchasing.pack_code where gtin = ${gtinKey(code)}`.execute(db)
  const [row] = rows
  if (!row) return { found: null }
  const { items } = await findBuyingFacts(db, [row.packId])
  return { found: items[0] ?? null }
}
