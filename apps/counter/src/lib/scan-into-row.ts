import { fillBlanks, type PackFacts, readScan } from '@janta/contracts/gs1'
import { writeExpiry } from './expiry-month.ts'
import type { DraftRow } from './receipt-draft.ts'

/** What became of a scan, for the person who scanned. */
export type ScanNotice =
  | { readonly kind: 'conflict'; readonly batch: string; readonly expiry: string }
  | { readonly kind: 'confirm'; readonly batch: string; readonly expiry: string }
  | { readonly kind: 'early_day'; readonly day: number }
  | { readonly kind: 'no_batch' }
  | { readonly kind: 'unreadable' }

export interface RowAfterScan {
  readonly row: DraftRow
  readonly notice: ScanNotice | null
}

/**
 * Puts a code into a row: blanks are filled, nothing that stands is changed, a guess is only offered. Null for plain
 * text, which is no scan at all.
 */
export function scanIntoRow(row: DraftRow, code: string): RowAfterScan | null {
  const scan = readScan(code)
  if (scan.kind === 'text') return null
  if (scan.kind === 'unreadable') return { row, notice: { kind: 'unreadable' } }
  const said = wordsOf(scan.facts)
  if (!said.batch && !said.expiry) return { row, notice: { kind: 'no_batch' } }
  if (scan.kind === 'guessed') return { row, notice: { kind: 'confirm', ...said } }
  const after = putIntoRow(row, said)
  const day = scan.facts.expiry?.earlyDay
  return day && !after.notice ? { ...after, notice: { kind: 'early_day', day } } : after
}

/** What a person confirmed, by the same rule: fill, never erase. */
export function putIntoRow(
  row: DraftRow,
  said: { readonly batch: string; readonly expiry: string },
): RowAfterScan {
  const filled = fillBlanks(row, { batchNumber: said.batch, expiry: said.expiry })
  const notice: ScanNotice | null =
    filled.conflicts.length > 0 ? { kind: 'conflict', ...said } : null
  return { row: filled.row, notice }
}

function wordsOf(facts: PackFacts): { batch: string; expiry: string } {
  return {
    batch: facts.batch ?? '',
    expiry: facts.expiry ? writeExpiry(facts.expiry.month) : '',
  }
}
