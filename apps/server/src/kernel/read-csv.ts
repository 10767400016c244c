import { pipeline } from 'node:stream'
import { type Info, parse } from 'csv-parse'
import type { FileBytes } from '#kernel/file-bytes'
import { recordBytesMax, type TableRow } from '#kernel/table-row'
import { decodedText, type TextShape } from '#kernel/text-encoding'
import { describeFileTrouble } from '#kernel/unreadable-file'

interface ParsedRecord {
  readonly record: string[]
  readonly info: Info
}

/** Rows of a CSV text, in batches as they are parsed. Throws `UnreadableFile` where quotes or lengths are broken. */
export async function* readCsv(file: FileBytes, shape: TextShape): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: shape.delimiter,
    info: true,
    max_record_size: recordBytesMax,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  // What breaks in any part ends the parser, and the reader of the rows below is told.
  pipeline(decodedText(file, shape), parser, () => undefined)
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    throw describeFileTrouble(error, file.name)
  } finally {
    parser.destroy()
  }
}
