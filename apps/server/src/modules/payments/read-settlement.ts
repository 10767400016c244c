import { parse } from 'csv-parse/sync'
import { isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { readRupees } from './read-rupees.ts'

export interface ReportLine {
  readonly line: number
  readonly entityId: string
  readonly kind: 'payment' | 'refund' | 'adjustment'
  readonly amountPaise: number
  readonly feePaise: number
  readonly taxPaise: number
  readonly netPaise: number
  readonly settlementId: string | null
  readonly bankReference: string | null
  readonly settledOn: string | null
}

const linesMax = 2_000
const needed = ['entity_id', 'type', 'debit', 'credit', 'amount', 'fee', 'tax'] as const
const columnsMax = 60

/**
 * Reads the gateway's settlement report: CSV with the columns its reconciliation names, amounts in rupees. Every line
 * must add up by itself (credit - debit is what reached the bank), or the whole report is refused
 * (`report_unreadable`) with the lines named: half a report would look like missing money.
 */
export function readSettlement(text: string): ReportLine[] {
  const rows = readRows(text)
  const [first] = rows
  if (!first) throw unreadable('It has no lines. Download it again and upload it as it is.', [])
  const missing = needed.filter(name => !(name in first))
  if (missing.length > 0) {
    throw unreadable(
      'It is not the settlement report: columns are missing.',
      missing.map(field => ({ field, message: 'is missing' })),
    )
  }
  if (rows.length > linesMax) throw unreadable('It is too long. Upload it day by day.', [])
  const lines = rows.map(readLine)
  const wrong = lines.flatMap((line, index) =>
    line ? [] : [{ field: `line ${index + 2}`, message: 'cannot be read' }],
  )
  if (wrong.length > 0) throw unreadable('Some lines cannot be read.', wrong.slice(0, 20))
  return lines.filter(line => line !== undefined)
}

function readRows(text: string): Record<string, string>[] {
  try {
    return parse(text, {
      bom: true,
      columns: names => names.map((name: string) => name.trim().toLowerCase()).slice(0, columnsMax),
      skip_empty_lines: true,
      trim: true,
    }) as Record<string, string>[]
  } catch (error) {
    if (!('code' in (error as object))) throw error
    throw unreadable('It is not a CSV file. Upload the report as the gateway gives it.', [])
  }
}

function readLine(row: Record<string, string>, index: number): ReportLine | undefined {
  const [debit, credit, amountPaise, feePaise, taxPaise] = [
    'debit',
    'credit',
    'amount',
    'fee',
    'tax',
  ].map(name => readRupees(row[name] || '0'))
  const kind = kindOf(row['type'])
  const entityId = row['entity_id'] ?? ''
  const isWhole = [debit, credit, amountPaise, feePaise, taxPaise].every(one => one !== undefined)
  if (!isWhole || !kind || entityId === '' || entityId.length > 64) return undefined
  const netPaise = credit! - debit!
  const expected = kind === 'payment' ? amountPaise! - feePaise! : -amountPaise! - feePaise!
  if (kind !== 'adjustment' && netPaise !== expected) return undefined
  const settledOn = (row['settled_at'] ?? '').slice(0, 10)
  return {
    line: index + 2,
    entityId,
    kind,
    amountPaise: amountPaise!,
    feePaise: feePaise!,
    taxPaise: taxPaise!,
    netPaise,
    settlementId: shortText(row['settlement_id']),
    bankReference: shortText(row['settlement_utr']),
    settledOn: isDay(settledOn) ? settledOn : null,
  }
}

function kindOf(type: string | undefined): ReportLine['kind'] | undefined {
  if (type === 'payment' || type === 'refund') return type
  return type ? 'adjustment' : undefined
}

function shortText(value: string | undefined): string | null {
  return value ? value.slice(0, 64) : null
}

function unreadable(why: string, fields: { field: string; message: string }[]): Refusal {
  return new Refusal('report_unreadable', `This report cannot be taken. ${why}`, { fields })
}
