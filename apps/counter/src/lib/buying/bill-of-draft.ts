import type { BuyingFacts, FieldProblem, NewBill } from '@janta/contracts'
import { readExpiry } from '../expiry-month.ts'
import { readCount, readRupees, writeRupees } from '../rupees.ts'
import { type BillDraft, type BillRow, filledRows } from './bill-draft.ts'

export const packsMax = 100_000
const percentMax = 10_000

/** "12.5" percent to basis points; null when it is no percentage up to 100. */
export function readPercent(typed: string): number | null {
  const hundredths = readRupees(typed.replace('%', ''))
  return hundredths === null || hundredths > percentMax ? null : hundredths
}

/** Basis points to what a cell holds: 1250 is "12.5", 500 is "5". */
export function writePercent(basisPoints: number): string {
  return writeRupees(basisPoints).replace(/\.?0+$/, '')
}

/** "-0.40" rupees to paise; null when it is no amount. */
export function readSigned(typed: string): number | null {
  const text = typed.trim()
  const paise = readRupees(text.replace(/^[-−+]/, ''))
  return paise !== null && /^[-−]/.test(text) ? -paise : paise
}

/** What a row counts, blanks as nothing. Null for a cell that cannot be read. */
export function countsOf(row: BillRow) {
  const billed = readCount(row.packs, 0, packsMax)
  const free = row.freePacks.trim() ? readCount(row.freePacks, 0, packsMax) : 0
  const damaged = row.damaged.trim() ? readCount(row.damaged, 0, packsMax) : 0
  const expected = billed === null || free === null ? null : billed + free
  const all = expected === null || damaged === null ? null : expected - damaged
  const good = row.good.trim() ? readCount(row.good, 0, packsMax) : all
  return { billed, free, damaged, good }
}

/** A row as the server takes it, or null while a cell of it cannot be read. */
export function lineOf(row: BillRow): NewBill['lines'][number] | null {
  const { billed, free, damaged, good } = countsOf(row)
  const expiry = readExpiry(row.expiry)
  const mrpPaise = readRupees(row.mrp)
  const ratePaise = readRupees(row.rate)
  const gst = readPercent(row.gst)
  const discount = row.discount.trim() ? readPercent(row.discount) : 0
  const batchNumber = row.batchNumber.trim().toUpperCase()
  if (billed === null || free === null || damaged === null || good === null || good < 0) return null
  if (expiry === null || !mrpPaise || ratePaise === null || gst === null || discount === null)
    return null
  if (!row.medicineId || !batchNumber || billed + free === 0) return null
  return {
    medicineId: row.medicineId,
    batchNumber,
    expiry,
    mrpPaise,
    ratePaise,
    billedPacks: billed,
    freePacks: free,
    discountBasisPoints: discount,
    gstBasisPoints: gst,
    goodPacks: good,
    damagedPacks: damaged,
    ...optional(row),
  }
}

function optional(row: BillRow): Partial<NewBill['lines'][number]> {
  const bin = row.bin.trim()
  const promise = row.promise.trim()
  return {
    ...(bin && { bin }),
    ...(promise && { shortExpiryReason: promise }),
    ...(row.supplierItem && { supplierItem: row.supplierItem }),
    ...(row.gtin && { gtin: row.gtin }),
  }
}

/** The bill of those rows that can be read, and which row each line is; null before it has a supplier and a line. */
export function readableBill(draft: BillDraft): { bill: NewBill; rowIds: string[] } | null {
  const read = filledRows(draft).flatMap(row => {
    const line = lineOf(row)
    return line ? [{ id: row.id, line }] : []
  })
  if (!draft.supplierId || read.length === 0) return null
  const charges = readRupees(draft.charges)
  const discount = readRupees(draft.billDiscount)
  const rounding = readSigned(draft.rounding)
  return {
    rowIds: read.map(one => one.id),
    bill: {
      supplierId: draft.supplierId,
      ...(draft.orderId && { orderId: draft.orderId }),
      billNumber: draft.billNumber.trim() || '-',
      billDate: draft.billDate,
      lines: read.map(one => one.line),
      ...(charges && { chargesPaise: charges }),
      ...(discount && { billDiscountPaise: discount }),
      ...(rounding && { roundingPaise: rounding }),
      printedTotalPaise: readRupees(draft.total) ?? 0,
    },
  }
}

/** Puts what is known of a medicine into a row: blanks are filled, nothing that stands is changed. */
export function withFacts(row: BillRow, facts: BuyingFacts): BillRow {
  return {
    ...row,
    medicineId: facts.medicineId,
    medicineName: facts.name,
    packLabel: facts.packLabel,
    unitsPerPack: String(facts.unitsPerPack),
    lastMrp: facts.lastRatePaise === null ? '' : String(facts.mrpPaise ?? ''),
    lastRate: String(facts.lastRatePaise ?? ''),
    mrp: row.mrp || (facts.mrpPaise === null ? '' : writeRupees(facts.mrpPaise)),
    rate: row.rate || (facts.lastRatePaise === null ? '' : writeRupees(facts.lastRatePaise)),
    gst: row.gst || (facts.gstBasisPoints === null ? '' : writePercent(facts.gstBasisPoints)),
  }
}

const cellNames: Record<string, string> = {
  mrpPaise: 'mrp',
  ratePaise: 'rate',
  billedPacks: 'packs',
  gstBasisPoints: 'gst',
  discountBasisPoints: 'discount',
  goodPacks: 'good',
  damagedPacks: 'damaged',
  printedTotalPaise: 'total',
  billDiscountPaise: 'billDiscount',
}

/** Names fields as the form does: `lines.2.expiry` or `/lines/2/expiry` is row 2 (from 0), `row` null the bill itself. */
export function formFields(
  fields: readonly FieldProblem[],
): { row: number | null; field: string; message: string }[] {
  return fields.map(({ field, message }) => {
    const [, row, name = ''] = /^\/?lines[./[]+(\d+)\]?[./]?(.*)$/.exec(field) ?? []
    if (row !== undefined) return { row: Number(row), field: cellNames[name] ?? name, message }
    const bare = field.replace(/^\//, '')
    return { row: null, field: cellNames[bare] ?? bare, message }
  })
}
