import { billLinesMax, type BillFileLine } from '@janta/contracts'
import { CsvError, parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { type Columns, guessColumns } from '#kernel/guess-columns'
import { Refusal } from '#kernel/refusal'
import { basisPointsOf, dayOfCell, freeOf, monthOfCell, packsOf, paiseOf } from './bill-cells.ts'
import { type BillColumn, billHeadings, headingKey } from './bill-columns.ts'
import { findSupplier } from './find-suppliers.ts'
import { keyOf } from './name-key.ts'

/** Programs print the firm's name and address above the table; the headings stand within so many rows. */
const headingWithin = 20

/**
 * Reads a distributor's bill: the row with most known headings begins the table, medicines are known by what this
 * supplier called them before. It writes nothing, so reading twice is harmless. Refuses `not_found` and
 * `bill_file_unreadable`.
 */
export async function readBillFile(db: Reader, supplierId: string, text: string) {
  await findSupplier(db, supplierId)
  const table = tableOf(text)
  const items = table.rows.map(row => row('item'))
  const known = await knownItems(db, supplierId, items)
  const packs = await findPacks(db, [...new Set(known.values())])
  const lines = table.rows.map(row => {
    const medicineId = known.get(keyOf(row('item'))) ?? null
    const medicineName = medicineId === null ? null : (packs.get(medicineId)?.name ?? null)
    return { ...lineOf(row), medicineId, medicineName }
  })
  const first = table.rows[0]
  const billNumber = first?.('billNumber') || null
  return {
    receivedBefore: await receivedBefore(db, supplierId, billNumber),
    billNumber,
    billDate: dayOfCell(first?.('billDate') ?? ''),
    lines,
    unusedHeadings: table.unusedHeadings,
  }
}

type Row = (column: BillColumn) => string

function lineOf(row: Row): Omit<BillFileLine, 'medicineId' | 'medicineName'> {
  const halves = [row('cgst'), row('sgst')].map(basisPointsOf)
  const bothHalves = (halves[0] ?? 0) + (halves[1] ?? 0)
  return {
    supplierItem: row('item').slice(0, 200),
    batchNumber: row('batch').slice(0, 30),
    expiry: monthOfCell(row('expiry')),
    mrpPaise: paiseOf(row('mrp')),
    ratePaise: paiseOf(row('rate')),
    billedPacks: packsOf(row('packs')),
    freePacks: freeOf(row('free')),
    discountBasisPoints: basisPointsOf(row('discount')) ?? 0,
    gstBasisPoints: basisPointsOf(row('gst')) ?? (halves.some(Boolean) ? bothHalves : null),
  }
}

function tableOf(text: string): { rows: Row[]; unusedHeadings: string[] } {
  const cells = cellsOf(text)
  const guesses = cells
    .slice(0, headingWithin)
    .map((header, at) => ({ at, header, columns: guessColumns(header, billHeadings, headingKey) }))
  const best = guesses.toSorted((one, other) => sizeOf(other.columns) - sizeOf(one.columns))[0]
  if (!best || best.columns.item === undefined || best.columns.packs === undefined) {
    throw new Refusal(
      'bill_file_unreadable',
      'No row of this file heads a product and a quantity. Export the bill as CSV with its headings.',
    )
  }
  const { columns } = best
  const used = new Set(Object.values(columns))
  const rows = cells
    .slice(best.at + 1)
    .map(
      (row): Row =>
        column =>
          row[columns[column] ?? -1]?.trim() ?? '',
    )
    // Totals and remarks under the table name no batch and count no packs.
    .filter(row => row('item') !== '' && (row('batch') !== '' || packsOf(row('packs')) !== null))
  if (rows.length === 0 || rows.length > billLinesMax) {
    throw new Refusal(
      'bill_file_unreadable',
      `A bill has 1 to ${billLinesMax} lines; this has ${rows.length}.`,
    )
  }
  return {
    rows,
    unusedHeadings: best.header.filter((heading, at) => heading.trim() && !used.has(at)),
  }
}

function sizeOf(columns: Columns<BillColumn>): number {
  return Object.keys(columns).length
}

function cellsOf(text: string): string[][] {
  const [firstLine = ''] = text.split('\n', 1)
  const delimiter = ['\t', ';', '|', ','].find(sign => firstLine.includes(sign)) ?? ','
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refusal(
      'bill_file_unreadable',
      `The file breaks off near line ${Number(error.lines ?? 1)}. Export it again.`,
    )
  }
}

async function knownItems(
  db: Reader,
  supplierId: string,
  items: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; packId: string }>`
    select item_key as key, pack_id as "packId" from purchasing.supplier_item
    where supplier_id = ${supplierId} and item_key = any(${items.map(keyOf)}::text[])`.execute(db)
  return new Map(rows.map(row => [row.key, row.packId]))
}

async function receivedBefore(
  db: Reader,
  supplierId: string,
  billNumber: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from purchasing.bill
    where supplier_id = ${supplierId} and bill_key = ${keyOf(billNumber ?? '')}`.execute(db)
  return rows[0]?.id ?? null
}
