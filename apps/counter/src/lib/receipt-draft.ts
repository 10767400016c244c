import type { FieldProblem, NewReceipt } from '@janta/contracts'
import { currentMonth, readExpiry } from './expiry-month.ts'
import { readCount, readRupees } from './rupees.ts'

/** One row as it is typed; nothing is read into numbers until it is sent. */
export interface DraftRow {
  id: string
  medicineId: string
  medicineName: string
  packLabel: string
  batchNumber: string
  expiry: string
  mrp: string
  packs: string
  freePacks: string
  bin: string
}
export const rowFields = [
  'medicineId',
  'batchNumber',
  'expiry',
  'mrp',
  'packs',
  'freePacks',
  'bin',
] as const
export type RowField = (typeof rowFields)[number]

export interface ReceiptDraft {
  /** The idempotency key: the same draft sent twice, by a nervous thumb or a lost answer, is received once. */
  key: string
  supplierName: string
  billNumber: string
  rows: DraftRow[]
}

export const receiptRowsMax = 200

/** What is wrong, in which row (null: the bill itself) and field. */
export interface DraftProblem {
  row: number | null
  field: string
  /** Our own rule's name, translated by the screen; or the server's sentence. */
  rule?: DraftRule
  message?: string
}
export type DraftRule =
  | 'supplier_missing'
  | 'bill_missing'
  | 'no_rows'
  | 'medicine_missing'
  | 'batch_missing'
  | 'batch_twice'
  | 'expiry_unreadable'
  | 'expired'
  | 'mrp_unreadable'
  | 'packs_unreadable'
  | 'free_unreadable'

export function emptyRow(): DraftRow {
  return {
    id: crypto.randomUUID(),
    medicineId: '',
    medicineName: '',
    packLabel: '',
    batchNumber: '',
    expiry: '',
    mrp: '',
    packs: '',
    freePacks: '',
    bin: '',
  }
}

export function emptyDraft(): ReceiptDraft {
  return { key: crypto.randomUUID(), supplierName: '', billNumber: '', rows: [emptyRow()] }
}

/** A row nobody has typed in does not count: the last one always stands ready. */
export function isBlank(row: DraftRow): boolean {
  return rowFields.every(field => row[field].trim() === '') && row.medicineName.trim() === ''
}

export function filledRows(draft: ReceiptDraft): DraftRow[] {
  return draft.rows.filter(row => !isBlank(row))
}

/** Everything that would be refused, found before it is sent; the server stays the judge. */
export function problemsOf(draft: ReceiptDraft, now: Date): DraftProblem[] {
  const problems: DraftProblem[] = []
  if (!draft.supplierName.trim())
    problems.push({ row: null, field: 'supplierName', rule: 'supplier_missing' })
  if (!draft.billNumber.trim())
    problems.push({ row: null, field: 'billNumber', rule: 'bill_missing' })
  const rows = filledRows(draft)
  if (rows.length === 0) problems.push({ row: null, field: 'rows', rule: 'no_rows' })
  const seen = new Set<string>()
  rows.forEach((row, at) => {
    for (const [field, rule] of rowProblems(row, seen, now)) problems.push({ row: at, field, rule })
  })
  return problems
}

function rowProblems(row: DraftRow, seen: Set<string>, now: Date): [RowField, DraftRule][] {
  const found: [RowField, DraftRule][] = []
  const batch = row.batchNumber.trim().toUpperCase()
  // One printed number may come at two MRPs or expiries, and is then two lots.
  const lot = JSON.stringify([row.medicineId, batch, readExpiry(row.expiry), readRupees(row.mrp)])
  const expiry = readExpiry(row.expiry)
  const mrp = readRupees(row.mrp)
  if (!row.medicineId) found.push(['medicineId', 'medicine_missing'])
  if (!batch) found.push(['batchNumber', 'batch_missing'])
  else if (seen.has(lot)) found.push(['batchNumber', 'batch_twice'])
  seen.add(lot)
  if (!expiry) found.push(['expiry', 'expiry_unreadable'])
  else if (expiry < currentMonth(now)) found.push(['expiry', 'expired'])
  if (!mrp) found.push(['mrp', 'mrp_unreadable'])
  if (readCount(row.packs, 1, 100_000) === null) found.push(['packs', 'packs_unreadable'])
  if (row.freePacks.trim() && readCount(row.freePacks, 0, 100_000) === null) {
    found.push(['freePacks', 'free_unreadable'])
  }
  return found
}

/** The receipt as the server takes it. Only for a draft without problems. */
export function receiptOf(draft: ReceiptDraft): NewReceipt {
  return {
    supplierName: draft.supplierName.trim(),
    billNumber: draft.billNumber.trim(),
    lines: filledRows(draft).map(row => {
      const freePacks = readCount(row.freePacks, 0, 100_000)
      const bin = row.bin.trim()
      return {
        medicineId: row.medicineId,
        batchNumber: row.batchNumber.trim().toUpperCase(),
        expiry: readExpiry(row.expiry) ?? '',
        mrpPaise: readRupees(row.mrp) ?? 0,
        packs: readCount(row.packs, 1, 100_000) ?? 0,
        ...(freePacks ? { freePacks } : {}),
        ...(bin ? { bin } : {}),
      }
    }),
  }
}

const fieldNames: Record<string, string> = { mrpPaise: 'mrp' }

/** The server names a line by its place in the body, `lines.2.expiry` or `/lines/2/expiry`: shown beside that row. */
export function refusedFields(fields: readonly FieldProblem[]): DraftProblem[] {
  return fields.map(({ field, message }) => {
    const [, row, name = ''] = /^\/?lines[./[]+(\d+)\]?[./]?(.*)$/.exec(field) ?? []
    if (row !== undefined) return { row: Number(row), field: fieldNames[name] ?? name, message }
    return { row: null, field: field.replace(/^\//, ''), message }
  })
}

/** A draft read back from the device; anything unknown is dropped rather than trusted. Null when it is no draft. */
export function readDraft(stored: string | null): ReceiptDraft | null {
  const value = parsed(stored)
  if (!isRecord(value) || typeof value['key'] !== 'string' || !Array.isArray(value['rows']))
    return null
  const rows = value['rows'].filter(isRecord).slice(0, receiptRowsMax).map(readRow)
  return {
    key: value['key'],
    supplierName: textOf(value['supplierName']),
    billNumber: textOf(value['billNumber']),
    rows: rows.length > 0 ? rows : [emptyRow()],
  }
}

function readRow(value: Record<string, unknown>): DraftRow {
  const row = emptyRow()
  for (const field of Object.keys(row) as (keyof DraftRow)[]) {
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
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
