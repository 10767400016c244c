import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Place } from './place.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** So many bytes of rows make one file; packed it stays below what one put may hold. */
const partBytes = 12 * 1024 * 1024

/** A hostile or broken part cannot fill the memory: rows of one part and a little room. */
const unpackedBytesMax = 4 * partBytes

/** What a stream was, to be compared with what it becomes. */
export interface Measure {
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

export interface Written extends Measure {
  readonly parts: number
}

const lineEnd = 0x0a

/** In COPY's text a row is a line; an end of line inside a value is written as a backslash and n. */
function countLines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1)) lines++
  return lines
}

export const partName = (name: string, part: number): string =>
  `${name}/${String(part).padStart(5, '0')}.gz`

/** Streams rows into packed parts, holding one part at a time, and measures them on the way. */
export async function writeParts(place: Place, name: string, source: Readable): Promise<Written> {
  const hash = createHash('sha256')
  let held: Buffer[] = []
  let heldBytes = 0
  let rows = 0
  let bytes = 0
  let parts = 0
  // One part is packed and written while the next is read: two are in memory at most.
  let writing = Promise.resolve()
  const flush = async () => {
    const content = Buffer.concat(held)
    const part = partName(name, ++parts)
    held = []
    heldBytes = 0
    await writing
    writing = pack(content, { level: 1 }).then(packed => place.write(part, packed))
    // Reported where it is awaited.
    writing.catch(() => undefined)
  }
  for await (const chunk of source as AsyncIterable<Buffer>) {
    hash.update(chunk)
    rows += countLines(chunk)
    bytes += chunk.length
    heldBytes += chunk.length
    held.push(chunk)
    if (heldBytes >= partBytes) await flush()
  }
  if (heldBytes > 0) await flush()
  await writing
  return { rows, bytes, sha256: hash.digest('hex'), parts }
}

/** The rows again, part after part. */
export async function* readParts(place: Place, name: string, parts: number): AsyncIterable<Buffer> {
  for (let part = 1; part <= parts; part++) {
    const packed = await place.read(partName(name, part))
    yield await unpack(packed, { maxOutputLength: unpackedBytesMax })
  }
}

/** Measures a stream without keeping it. */
export async function measure(source: AsyncIterable<Buffer>): Promise<Measure> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  for await (const chunk of source) {
    hash.update(chunk)
    rows += countLines(chunk)
    bytes += chunk.length
  }
  return { rows, bytes, sha256: hash.digest('hex') }
}
