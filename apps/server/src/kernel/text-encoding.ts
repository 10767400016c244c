import { createGunzip } from 'node:zlib'
import { pipeline, type Readable } from 'node:stream'
import type { FileBytes } from '#kernel/file-bytes'
import { describeFileTrouble, UnreadableFile } from '#kernel/unreadable-file'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What a look through the whole file told: how to decode it and what parts its cells. */
export interface TextShape {
  readonly isZipped: boolean
  readonly encoding: Encoding
  readonly delimiter: ',' | ';' | '\t' | '|'
}

/** 254,000 medicines are about 40 MB of text; ten times that is still a list, more is a bomb. */
const textBytesMax = 600 * 1024 * 1024
const firstTextBytes = 8 * 1024

/**
 * Reads the file to its end once, without keeping it: proves that gzip is whole and the text within its limit, and
 * finds the encoding. Text that is not UTF-8 and has no mark is Windows-1252, as Excel in India saves "CSV"; bytes
 * that are no text in either are refused. Throws `UnreadableFile`.
 */
export async function findTextShape(file: FileBytes): Promise<TextShape> {
  const start = await file.head()
  const isZipped = start[0] === 0x1f && start[1] === 0x8b
  const strict = new TextDecoder('utf-8', { fatal: true })
  const has = { zero: false, unassigned: false }
  let isUtf8 = true
  let first = Buffer.alloc(0)
  try {
    for await (const chunk of unpacked(file, isZipped)) {
      if (first.length < firstTextBytes)
        first = Buffer.concat([first, chunk.subarray(0, firstTextBytes)])
      has.zero ||= chunk.includes(0)
      has.unassigned ||= unassigned.some(byte => chunk.includes(byte))
      isUtf8 &&= decodes(strict, chunk)
    }
  } catch (error) {
    throw describeFileTrouble(error, file.name)
  }
  isUtf8 &&= decodes(strict, undefined)
  const encoding = markedEncoding(first) ?? (isUtf8 ? 'utf-8' : 'windows-1252')
  const isText =
    encoding.startsWith('utf-16') || (!has.zero && (encoding === 'utf-8' || !has.unassigned))
  if (!isText)
    throw new UnreadableFile('The file is not text. Save the list as "CSV UTF-8" and try again.')
  return { isZipped, encoding, delimiter: delimiterOf(new TextDecoder(encoding).decode(first)) }
}

/** The bytes Windows-1252 gives no letter. */
const unassigned = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

/** Whether the text so far is UTF-8; without a chunk, whether it ends as UTF-8 does. */
function decodes(strict: TextDecoder, chunk: Uint8Array | undefined): boolean {
  try {
    strict.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    return false
  }
}

/** By its byte order mark; without one by the zeros that UTF-16 puts beside each Latin letter. */
function markedEncoding(first: Buffer): Encoding | undefined {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  const letters = first.subarray(0, 64)
  const zerosAt = (parity: number) =>
    letters.filter((byte, at) => byte === 0 && at % 2 === parity).length
  if (letters.length < 8) return undefined
  if (zerosAt(1) > letters.length / 4 && zerosAt(0) === 0) return 'utf-16le'
  if (zerosAt(0) > letters.length / 4 && zerosAt(1) === 0) return 'utf-16be'
  return undefined
}

const delimiters = [',', ';', '\t', '|'] as const

/** What stands most often in the first line that is not empty, outside of quotes. */
function delimiterOf(text: string): TextShape['delimiter'] {
  const line = text
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .find(one => one.trim() !== '')
  const counts = delimiters.map(one => (line ?? '').split(one).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** The file's bytes without gzip, never more than its limit. */
async function* unpacked(file: FileBytes, isZipped: boolean): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of opened(file, isZipped)) {
    bytes += (chunk as Buffer).length
    if (bytes > textBytesMax)
      throw new UnreadableFile('The file is larger than 600 MB when unpacked. Split the list.')
    yield chunk as Buffer
  }
}

function opened(file: FileBytes, isZipped: boolean): Readable {
  if (!isZipped) return file.open()
  // What breaks in the source ends the stream that is read, and its reader is told.
  return pipeline(file.open(), createGunzip(), () => undefined)
}

/** The file's text as pieces, decoded as `shape` says; a mark at its beginning is left out. */
export async function* decodedText(file: FileBytes, shape: TextShape): AsyncGenerator<string> {
  const decoder = new TextDecoder(shape.encoding, { fatal: true })
  for await (const chunk of unpacked(file, shape.isZipped)) {
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}
