import { filledRows, type ReceiptDraft } from './receipt-draft.ts'
import { readCount, readRupees } from './rupees.ts'

export interface ReceiptTotals {
  lines: number
  /** Paid and free packs together: what is carried to the shelf. */
  packs: number
  /** What the packs are worth at MRP, to compare with the bill's own foot. */
  mrpPaise: number
}

/** Sums what can be read so far; a cell still being typed counts as nothing. */
export function totalsOf(draft: ReceiptDraft): ReceiptTotals {
  const rows = filledRows(draft)
  const totals = { lines: rows.length, packs: 0, mrpPaise: 0 }
  for (const row of rows) {
    const packs =
      (readCount(row.packs, 1, 100_000) ?? 0) + (readCount(row.freePacks, 0, 100_000) ?? 0)
    totals.packs += packs
    totals.mrpPaise += packs * (readRupees(row.mrp) ?? 0)
  }
  return totals
}
