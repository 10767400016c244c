import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Remark } from './listed-pack.ts'
import type { FileRow } from './read-medicine-file.ts'

/** A CSV of every row somebody should look at: rejected ones, and imported ones with a notice. */
export interface RemarksFile {
  readonly path: string
  /** One line a row, with every remark about it. */
  write(outcome: 'rejected' | 'imported', remarks: readonly Remark[], row: FileRow): Promise<void>
  close(): Promise<void>
}

/** Opens the file for writing; it keeps the list's own columns, so that mended rows can be imported again. */
export async function openRemarksFile(
  path: string,
  header: readonly string[],
): Promise<RemarksFile> {
  const stream = createWriteStream(path)
  await once(stream, 'open')
  const columns = ['line', 'outcome', 'codes', 'reasons', ...header]
  await writeLine(stream, columns)
  return {
    path,
    write: (outcome, remarks, row) => {
      const codes = remarks.map(remark => remark.code).join(' ')
      const reasons = remarks.map(remark => remark.sentence).join(' ')
      return writeLine(stream, [String(row.line), outcome, codes, reasons, ...row.cells])
    },
    async close() {
      stream.end()
      await finished(stream)
    },
  }
}

async function writeLine(stream: WriteStream, cells: readonly string[]): Promise<void> {
  if (!stream.write(`${cells.map(quoted).join(',')}\n`)) await once(stream, 'drain')
}

// A spreadsheet runs a cell that begins like a formula; whoever made the list must not reach who opens this file.
function quoted(cell: string): string {
  const text = shortened(cell)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const cellMax = 2_000

function shortened(cell: string): string {
  return cell.length <= cellMax ? cell : `${cell.slice(0, cellMax)}…`
}
