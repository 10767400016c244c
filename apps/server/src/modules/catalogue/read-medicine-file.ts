import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Info, parse } from 'csv-parse'
import { describeFileTrouble, UnreadableFile } from './unreadable-file.ts'

/** One line of a list: its cells in the file's order and the line it ended on, for a person to find it. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface ReadFile {
  readonly header: readonly string[]
  readonly rows: AsyncIterable<FileRow>
  /** Of the bytes on the disk; known once the rows were read to the end. */
  sha256(): string
}

/** A cell or line above this is a broken file, not a medicine. */
export const recordBytesMax = 64 * 1024
/** 254,000 rows are about 60 MB; ten times that is still a list, more is a bomb. */
const textBytesMax = 600 * 1024 * 1024

/**
 * Reads a CSV list as a stream, gzipped or not (by its first bytes, not its name). Throws `UnreadableFile`, whose
 * sentence says what is wrong and where, for a file that is missing, cut off, not UTF-8, wrongly quoted or too large.
 */
export async function readMedicineFile(path: string): Promise<ReadFile> {
  const isZipped = await beginsLikeGzip(path)
  const hash = createHash('sha256')
  const source = createReadStream(path)
  source.on('data', chunk => hash.update(chunk))
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: recordBytesMax,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  // What breaks in any part ends the parser, and the reader of the rows below is told.
  const told = () => undefined
  if (isZipped) pipeline(source, createGunzip(), decoded, parser, told)
  else pipeline(source, decoded, parser, told)
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<ParsedRecord>
  const header = await nextRow(records, path)
  if (!header) throw new UnreadableFile('The file is empty. Export the list again.')
  return {
    header: header.cells.map(cell => cell.trim()),
    rows: {
      async *[Symbol.asyncIterator]() {
        try {
          for (let row = await nextRow(records, path); row; row = await nextRow(records, path)) {
            yield row
          }
        } finally {
          parser.destroy()
        }
      },
    },
    sha256: () => hash.digest('hex'),
  }
}

interface ParsedRecord {
  readonly record: string[]
  readonly info: Info
}

async function nextRow(records: AsyncIterator<ParsedRecord>, path: string) {
  try {
    const next = await records.next()
    return next.done ? undefined : { line: next.value.info.lines, cells: next.value.record }
  } catch (error) {
    throw describeFileTrouble(error, path)
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > textBytesMax) {
      throw new UnreadableFile('The file is larger than 600 MB when unpacked. Split the list.')
    }
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

async function beginsLikeGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
    } finally {
      await file.close()
    }
  } catch (error) {
    throw describeFileTrouble(error, path)
  }
}
