import type { FileBytes } from '#kernel/file-bytes'
import { readCsv } from '#kernel/read-csv'
import { openWorkbook } from '#kernel/read-xlsx'
import { columnsMax, rowsMax, type TableRow } from '#kernel/table-row'
import { type Encoding, findTextShape } from '#kernel/text-encoding'
import { UnreadableFile } from '#kernel/unreadable-file'

export type { TableRow } from '#kernel/table-row'

/** A CSV (gzipped or not) or the first visible sheet of an XLSX workbook. */
export interface Table {
  readonly format: 'csv' | 'xlsx'
  readonly encoding: Encoding | null
  /** From the first row on, the header included; each call reads anew. Throws `UnreadableFile`. */
  rows(): AsyncIterable<TableRow>
}

/**
 * Finds out what the file is by its bytes, never by its name, and opens it. Guarantees at most `rowsMax` rows of at
 * most `columnsMax` cells. Throws `UnreadableFile` with a sentence for what is broken, too large or of another kind.
 */
export async function openTable(file: FileBytes): Promise<Table> {
  const head = await file.head()
  if (head.length === 0) throw new UnreadableFile('The file is empty. Export the list again.')
  refuseOtherKinds(head)
  if (head.subarray(0, 4).equals(zipMark)) {
    const workbook = await openWorkbook(file)
    return { format: 'xlsx', encoding: null, rows: () => limited(workbook.rows()) }
  }
  const shape = await findTextShape(file)
  return { format: 'csv', encoding: shape.encoding, rows: () => limited(readCsv(file, shape)) }
}

const zipMark = Buffer.from('PK\u0003\u0004', 'latin1')
const otherKinds: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('d0cf11e0', 'hex'), 'an old .xls workbook. Save it as .xlsx or as CSV'],
  [Buffer.from('%PDF'), 'a PDF. Ask for the list as CSV or XLSX'],
  [Buffer.from('{\\rtf'), 'a text document. Save the list as CSV or XLSX'],
]

function refuseOtherKinds(head: Buffer): void {
  const other = otherKinds.find(([mark]) => head.subarray(0, mark.length).equals(mark))
  if (other) throw new UnreadableFile(`The file is ${other[1]}.`)
}

async function* limited(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  let count = 0
  for await (const row of rows) {
    if (row.cells.length > columnsMax) {
      throw new UnreadableFile(
        `The row on line ${row.line} has ${row.cells.length} columns; a list has at most ${columnsMax}. Is the file a list?`,
      )
    }
    if (++count > rowsMax)
      throw new UnreadableFile(`The list has more than ${rowsMax} rows. Split it.`)
    yield row
  }
}
