import { currentMonth, readExpiry } from '../expiry-month.ts'
import { readCount, readRupees } from '../rupees.ts'
import type { receiving } from '../messages/en/receiving.ts'
import { type BillDraft, type BillRow, filledRows } from './bill-draft.ts'
import { countsOf, readPercent, readSigned } from './bill-of-draft.ts'

export type BillRule = keyof typeof receiving.rules

/** What is wrong, in which row (null: the bill itself) and field. */
export interface BillProblem {
  readonly row: number | null
  readonly field: string
  /** Our own rule's name, said by the screen; or the server's sentence. */
  readonly rule?: BillRule
  readonly message?: string
}

/** Everything that would be refused, found before it is sent; the server stays the judge. `today` is 'YYYY-MM-DD'. */
export function problemsOf(draft: BillDraft, now: Date, today: string): BillProblem[] {
  const head = headProblems(draft, today).map(([field, rule]) => ({ row: null, field, rule }))
  const rows = filledRows(draft)
  if (rows.length === 0) return [...head, { row: null, field: 'rows', rule: 'no_rows' as const }]
  const seen = new Set<string>()
  const inRows = rows.flatMap((row, at) =>
    rowProblems(row, seen, now).map(([field, rule]) => ({ row: at, field, rule })),
  )
  return [...head, ...inRows]
}

type Found = [string, BillRule]

function headProblems(draft: BillDraft, today: string): Found[] {
  const blank = (text: string, read: (text: string) => number | null) =>
    text.trim() === '' || read(text) !== null
  const tests: [boolean, string, BillRule][] = [
    [draft.supplierId !== '', 'supplierId', 'supplier_missing'],
    [draft.billNumber.trim() !== '', 'billNumber', 'bill_missing'],
    [draft.billDate !== '', 'billDate', 'date_missing'],
    [draft.billDate <= today, 'billDate', 'date_ahead'],
    [readRupees(draft.total) !== null, 'total', 'total_unreadable'],
    [blank(draft.charges, readRupees), 'charges', 'amount_unreadable'],
    [blank(draft.billDiscount, readRupees), 'billDiscount', 'amount_unreadable'],
    [blank(draft.rounding, readSigned), 'rounding', 'amount_unreadable'],
  ]
  return failed(tests)
}

function rowProblems(row: BillRow, seen: Set<string>, now: Date): Found[] {
  const batch = row.batchNumber.trim().toUpperCase()
  const expiry = readExpiry(row.expiry)
  const mrp = readRupees(row.mrp)
  // One printed number may come at two MRPs or expiries, and is then two lots.
  const lot = JSON.stringify([row.medicineId, batch, expiry, mrp])
  const isTwice = batch !== '' && seen.has(lot)
  seen.add(lot)
  const { billed, free, damaged, good } = countsOf(row)
  const cells: [boolean, string, BillRule][] = [
    [row.medicineId !== '', 'medicineId', 'medicine_missing'],
    [batch !== '', 'batchNumber', 'batch_missing'],
    [!isTwice, 'batchNumber', 'batch_twice'],
    [expiry !== null, 'expiry', 'expiry_unreadable'],
    [expiry === null || expiry >= currentMonth(now), 'expiry', 'expired'],
    [billed !== null, 'packs', 'packs_unreadable'],
    [billed !== 0 || free !== 0, 'packs', 'nothing_came'],
    [free !== null, 'freePacks', 'free_unreadable'],
    [readRupees(row.rate) !== null, 'rate', 'rate_unreadable'],
    [Boolean(mrp), 'mrp', 'mrp_unreadable'],
    [
      row.discount.trim() === '' || readPercent(row.discount) !== null,
      'discount',
      'discount_unreadable',
    ],
    [readPercent(row.gst) !== null, 'gst', 'gst_unreadable'],
    [row.good.trim() === '' || readCount(row.good, 0, 100_000) !== null, 'good', 'came_unreadable'],
    [damaged !== null && (good === null || good >= 0), 'damaged', 'damaged_unreadable'],
  ]
  return failed(cells)
}

function failed(tests: readonly [boolean, string, BillRule][]): Found[] {
  return tests.flatMap(([isRight, field, rule]): Found[] => (isRight ? [] : [[field, rule]]))
}
