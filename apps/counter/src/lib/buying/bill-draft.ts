/** One row of a bill as it is typed; nothing is read into numbers until it is sent. */
export interface BillRow {
  id: string
  medicineId: string
  medicineName: string
  packLabel: string
  unitsPerPack: string
  /** How it was bought last, in paise, to say what changed. */
  lastMrp: string
  lastRate: string
  gtin: string
  supplierItem: string
  batchNumber: string
  expiry: string
  packs: string
  freePacks: string
  rate: string
  mrp: string
  discount: string
  gst: string
  /** What came in order; blank when all that was billed and free did. */
  good: string
  damaged: string
  bin: string
  promise: string
}

/** The cells of a row in the order they are typed. */
export const rowCells = [
  'medicineId',
  'batchNumber',
  'expiry',
  'packs',
  'freePacks',
  'rate',
  'mrp',
  'discount',
  'gst',
] as const
export type RowCell = (typeof rowCells)[number]

export interface BillDraft {
  /** The idempotency key: the same draft sent twice, by a nervous thumb or a lost answer, is received once. */
  key: string
  supplierId: string
  orderId: string
  billNumber: string
  billDate: string
  total: string
  charges: string
  billDiscount: string
  rounding: string
  rows: BillRow[]
}

export const billRowsMax = 200

export function emptyRow(): BillRow {
  return {
    id: crypto.randomUUID(),
    medicineId: '',
    medicineName: '',
    packLabel: '',
    unitsPerPack: '',
    lastMrp: '',
    lastRate: '',
    gtin: '',
    supplierItem: '',
    batchNumber: '',
    expiry: '',
    packs: '',
    freePacks: '',
    rate: '',
    mrp: '',
    discount: '',
    gst: '',
    good: '',
    damaged: '',
    bin: '',
    promise: '',
  }
}

export function emptyDraft(): BillDraft {
  return {
    key: crypto.randomUUID(),
    supplierId: '',
    orderId: '',
    billNumber: '',
    billDate: '',
    total: '',
    charges: '',
    billDiscount: '',
    rounding: '',
    rows: [emptyRow()],
  }
}

/** A row nobody has typed in does not count: the last one always stands ready. */
export function isBlank(row: BillRow): boolean {
  return Object.entries(row).every(([field, value]) => field === 'id' || value.trim() === '')
}

export function filledRows(draft: BillDraft): BillRow[] {
  return draft.rows.filter(row => !isBlank(row))
}

/** True while nothing is typed: nothing would be lost by going away. */
export function isEmptyDraft(draft: BillDraft): boolean {
  return (
    filledRows(draft).length === 0 &&
    [draft.supplierId, draft.billNumber, draft.total].every(text => text === '')
  )
}

/** Where a person looks at every line, whatever stands there; the rest is passed over when it is filled. */
const always: readonly RowCell[] = ['packs']
/** Nobody needs to type these; Tab reaches them. */
const never: readonly RowCell[] = ['discount']

/** Where Enter goes from a cell; null from the last one that needs a person, and then a new row begins. */
export function cellAfter(row: BillRow, cell: RowCell): RowCell | null {
  const later = rowCells.slice(rowCells.indexOf(cell) + 1)
  return (
    later.find(one => always.includes(one) || (!never.includes(one) && row[one].trim() === '')) ??
    null
  )
}

const textMax = 200

/** A draft read back from the device; anything unknown is dropped rather than trusted. Null when it is no draft. */
export function readDraft(stored: string | null): BillDraft | null {
  const value = parsed(stored)
  if (!isRecord(value) || typeof value['key'] !== 'string' || !Array.isArray(value['rows'])) {
    return null
  }
  const draft = emptyDraft()
  for (const field of Object.keys(draft) as (keyof BillDraft)[]) {
    if (field !== 'rows') draft[field] = textOf(value[field])
  }
  const rows = value['rows'].filter(isRecord).slice(0, billRowsMax).map(readRow)
  if (rows.length > 0) draft.rows = rows
  return draft
}

function readRow(value: Record<string, unknown>): BillRow {
  const row = emptyRow()
  for (const field of Object.keys(row) as (keyof BillRow)[]) {
    if (field !== 'id') row[field] = textOf(value[field])
  }
  return row
}

function parsed(stored: string | null): unknown {
  if (stored === null) return null
  try {
    return JSON.parse(stored)
  } catch {
    // A half-written draft cannot be read again; the bill is in the keeper's hand and is typed anew.
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, textMax) : ''
}
