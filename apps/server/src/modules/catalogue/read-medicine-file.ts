import { fileOnDisk, sha256Of } from '#kernel/file-bytes'
import { openTable, type TableRow } from '#kernel/read-table'
import { UnreadableFile } from '#kernel/unreadable-file'

export type FileRow = TableRow

export interface ReadFile {
  readonly header: readonly string[]
  /** Without the header; each call reads anew. */
  rows(): AsyncIterable<TableRow>
  sha256(): Promise<string>
}

/**
 * Opens a list on the disk, CSV or XLSX, gzipped or not. Throws `UnreadableFile`, whose sentence says what is wrong
 * and where, for a file that is missing, cut off, no text, wrongly quoted or too large.
 */
export async function readMedicineFile(path: string): Promise<ReadFile> {
  const file = fileOnDisk(path)
  const table = await openTable(file)
  let header: readonly string[] | undefined
  for await (const row of table.rows()) {
    header = row.cells.map(cell => cell.trim())
    break
  }
  if (!header) throw new UnreadableFile('The file is empty. Export the list again.')
  return {
    header,
    async *rows() {
      let isHeader = true
      for await (const row of table.rows()) {
        if (!isHeader) yield row
        isHeader = false
      }
    },
    sha256: () => sha256Of(file),
  }
}
