import { fillBlanks, readScan } from '@janta/contracts/gs1'
import { writeExpiry } from '../expiry-month.ts'
import type { BillRow } from './bill-draft.ts'

/** What became of a scan, for the person who scanned. */
export type ScanNotice =
  | { readonly kind: 'conflict'; readonly batch: string; readonly expiry: string }
  | { readonly kind: 'confirm'; readonly batch: string; readonly expiry: string }
  | { readonly kind: 'early_day'; readonly day: number }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unknown_code' }
  | { readonly kind: 'other_medicine'; readonly name: string }

export interface ScannedCode {
  readonly gtin: string
  readonly batch: string
  readonly expiry: string
  readonly earlyDay: number | null
  /** False for what was guessed from free text: a person compares it with the label before it counts. */
  readonly isSure: boolean
}

/** A code as the bill's row needs it; null for plain text, which is no scan at all, 'unreadable' for a broken code. */
export function codeOf(code: string): ScannedCode | 'unreadable' | null {
  const scan = readScan(code)
  if (scan.kind === 'text') return null
  if (scan.kind === 'unreadable') return 'unreadable'
  const { facts } = scan
  return {
    gtin: facts.gtin ?? '',
    batch: facts.batch ?? '',
    expiry: facts.expiry ? writeExpiry(facts.expiry.month) : '',
    earlyDay: facts.expiry?.earlyDay ?? null,
    isSure: scan.kind === 'gs1',
  }
}

/** Puts batch and expiry into a row: blanks are filled, what stands is never changed and the difference is told. */
export function putIntoRow(
  row: BillRow,
  said: { readonly batch: string; readonly expiry: string },
): { row: BillRow; notice: ScanNotice | null } {
  const filled = fillBlanks(row, { batchNumber: said.batch, expiry: said.expiry })
  const notice: ScanNotice | null =
    filled.conflicts.length > 0
      ? { kind: 'conflict', batch: said.batch, expiry: said.expiry }
      : null
  return { row: filled.row, notice }
}
