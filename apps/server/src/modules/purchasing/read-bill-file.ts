import {
  type BillColumn,
  type BillColumnPlaces,
  billLinesMax,
  type BillFileLine,
} from '@janta/contracts'
import { CsvError, parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { type Columns, guessColumns } from '#kernel/guess-columns'
import { Refusal } from '#kernel/refusal'
import { basisPointsOf, dayOfCell, freeOf, monthOfCell, packsOf, paiseOf } from './bill-cells.ts'
import { billHeadings, headingKey } from './bill-columns.ts'
import { rememberedColumns } from './bill-file-columns.ts'
import { findSupplier } from './find-suppliers.ts'
import { keyOf } from './name-key.ts'
import { rememberColumns } from './remember-columns.ts'

/** Programs print the firm's name and address above the table; the headings stand within so many rows. */
const headingWithin = 20
const headingsMax = 100

/**
 * Reads a distributor's bill: the row with most known headings begins the table, its columns are those somebody chose
 * for this supplier's file of these headings before, else guessed; medicines are known by what this supplier called them
 * before. Columns chosen now are remembered. Refuses `not_found` and `bill_file_unreadable`.
 */
export async function readBillFile(
  database: Database,
  caller: Caller,
  { supplierId, text, columns }: { supplierId: string; text: string; columns?: BillColumnPlaces },
) {
  const db = database.reads
  await findSupplier(db, supplierId)
  const cells = cellsOf(text)
  const header = headerOf(cells, columns)
  const places = await columnsFor(db, { supplierId, header, chosen: columns })
  const rows = rowsOf(cells.slice(header.at + 1), places.columns)
  if (columns) await rememberColumns(database, caller, { supplierId, header, columns })
  const items = rows.map(row => row('item'))
  const known = await knownItems(db, supplierId, items)
  const packs = await findPacks(db, [...new Set(known.values())])
  const lines = rows.map(row => {
    const medicineId = known.get(keyOf(row('item'))) ?? null
    const medicineName = medicineId === null ? null : (packs.get(medicineId)?.name ?? null)
    return { ...lineOf(row), medicineId, medicineName }
  })
  const billNumber = rows[0]?.('billNumber') || null
  const used = new Set(Object.values(places.columns))
  return {
    receivedBefore: await receivedBefore(db, supplierId, billNumber),
    billNumber,
    billDate: dayOfCell(rows[0]?.('billDate') ?? ''),
    lines,
    headings: header.cells.slice(0, headingsMax),
    ...places,
    unusedHeadings: header.cells.filter((heading, at) => heading.trim() && !used.has(at)),
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

interface Header {
  readonly at: number
  readonly cells: readonly string[]
  readonly guess: Columns<BillColumn>
}

/** The row with most known headings; one whose columns a person chooses needs no known heading at all. */
function headerOf(
  cells: readonly (readonly string[])[],
  chosen: BillColumnPlaces | undefined,
): Header {
  const guesses = cells
    .slice(0, headingWithin)
    .map((row, at) => ({ at, cells: row, guess: guessColumns(row, billHeadings, headingKey) }))
  const widest = Math.max(...guesses.map(({ cells: row }) => filled(row)), 0)
  const best = guesses.toSorted((one, other) => sizeOf(other.guess) - sizeOf(one.guess))[0]
  const found =
    best && sizeOf(best.guess) >= 2 ? best : guesses.find(one => filled(one.cells) === widest)
  if (found && (chosen || widest > 1)) return found
  throw new Refusal(
    'bill_file_unreadable',
    'No row of this file heads a table. Export the bill as CSV with its headings.',
  )
}

/** Chosen now, else as chosen before, else guessed; without a product and a quantity a person has to choose. */
async function columnsFor(
  db: Reader,
  of: { supplierId: string; header: Header; chosen: BillColumnPlaces | undefined },
): Promise<{ columns: BillColumnPlaces; columnsFrom: 'chosen' | 'remembered' | 'guessed' }> {
  if (of.chosen) return { columns: of.chosen, columnsFrom: 'chosen' }
  const remembered = await rememberedColumns(db, of.supplierId, of.header.cells)
  return remembered
    ? { columns: remembered, columnsFrom: 'remembered' }
    : { columns: of.header.guess, columnsFrom: 'guessed' }
}

/** None while it is not known where product and quantity stand. */
function rowsOf(cells: readonly (readonly string[])[], columns: BillColumnPlaces): Row[] {
  if (columns.item === undefined || columns.packs === undefined) return []
  const rows = cells
    .map(
      (row): Row =>
        column =>
          row[columns[column] ?? -1]?.trim() ?? '',
    )
    // Totals and remarks under the table name no batch and count no packs.
    .filter(row => row('item') !== '' && (row('batch') !== '' || packsOf(row('packs')) !== null))
  if (rows.length > 0 && rows.length <= billLinesMax) return rows
  throw new Refusal(
    'bill_file_unreadable',
    `A bill has 1 to ${billLinesMax} lines; this has ${rows.length}.`,
  )
}

function sizeOf(columns: Columns<BillColumn>): number {
  return Object.keys(columns).length
}

function filled(row: readonly string[]): number {
  return row.filter(cell => cell.trim()).length
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
