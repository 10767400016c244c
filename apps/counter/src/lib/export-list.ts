import { csvRow } from '@janta/contracts'
import { saveFile } from './send-file.ts'

/** A list as it is exported: what stands above each column, and the rows, a page of the server's at a time. */
export interface ExportedList {
  /** The file's name without its ending. */
  readonly name: string
  readonly header: readonly string[]
  readonly pages: () => AsyncIterable<readonly (readonly (string | number)[])[]>
}

/** A sheet of a workbook ends soon after. */
const rowsMax = 1_000_000

/** More rows than a file is given: nothing is saved, because a list that ends in the middle looks like a whole one. */
export class ListTooLong extends Error {}

/** Every page of a list behind its cursor. Throws `ListTooLong` beyond a million rows. */
export async function* walkPages<Row>(
  ask: (after: string | undefined) => Promise<{ items: readonly Row[]; next: string | null }>,
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined
  let rows = 0
  do {
    const { items, next } = await ask(after)
    rows += items.length
    yield items
    after = next ?? undefined
    if (after !== undefined && rows >= rowsMax) throw new ListTooLong()
  } while (after !== undefined)
}

/** Saves the whole list as CSV; no cell of it is run as a formula. The mark tells Excel that it is UTF-8. */
export async function saveAsCsv(list: ExportedList): Promise<void> {
  const parts = ['\ufeff', csvRow(list.header)]
  for await (const rows of list.pages()) {
    parts.push(rows.map(row => csvRow(row.map(String))).join(''))
  }
  saveFile(`${list.name}.csv`, new Blob(parts, { type: 'text/csv' }))
}

/** Saves the whole list as a workbook of one sheet. The code that writes it is fetched only now. */
export async function saveAsXlsx(list: ExportedList): Promise<void> {
  const { workbookOf } = await import('./workbook.ts')
  saveFile(`${list.name}.xlsx`, await workbookOf(list))
}
