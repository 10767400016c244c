import { createHash } from 'node:crypto'
import { badSignature, type SignedRequest } from './authenticate.ts'
import { chunkHeaderBytesMax, trailersMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { sameSignature, sha256Hex, textSignature } from './signature.ts'

type ChunkSigning = SignedRequest['chunkSigning']

export type ChunkedOptions = {
  /** Present when every chunk carries a signature chained to the one before it. */
  signing: ChunkSigning | undefined
  /** The trailing headers the request announced; filled when the body has been read. */
  announced: string[]
  trailers: Map<string, string>
}

/**
 * Decodes an `aws-chunked` body as it arrives, verifying chunk signatures when it is signed. Data
 * is passed on before its chunk is proven, so the consumer must discard all of it on an error.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  options: ChunkedOptions,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  let previous = options.signing?.seed ?? ''
  for (;;) {
    const { sizeBytes, signature } = parseChunkHeader(await reader.line())
    const hash = options.signing && createHash('sha256')
    for await (const piece of reader.take(sizeBytes)) {
      hash?.update(piece)
      yield piece
    }
    if (options.signing && hash) {
      const expected = chunkSignature(options.signing, previous, hash.digest('hex'))
      if (!sameSignature(expected, signature)) throw badSignature()
      previous = expected
    }
    if (sizeBytes === 0) break
    if ((await reader.line()) !== '') throw incomplete()
  }
  await readTrailers(reader, options, previous)
}

function parseChunkHeader(line: string): { sizeBytes: number; signature: string } {
  const parts = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
  if (!parts) throw incomplete()
  return { sizeBytes: Number.parseInt(parts[1] ?? '', 16), signature: parts[2] ?? '' }
}

function chunkSignature(signing: ChunkSigning, previous: string, dataHash: string): string {
  const { key, date, scope } = signing
  const lines = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256Hex(''), dataHash]
  return textSignature(key, lines.join('\n'))
}

async function readTrailers(
  reader: ByteReader,
  { signing, announced, trailers }: ChunkedOptions,
  previous: string,
): Promise<void> {
  let signature = ''
  let canonical = ''
  for (let count = 0; ; count++) {
    if (count > trailersMax) throw badTrailer()
    const line = await reader.line()
    if (line === '') break
    const colonAt = line.indexOf(':')
    const name = line.slice(0, colonAt).toLowerCase()
    const value = line.slice(colonAt + 1).trim()
    if (name === 'x-amz-trailer-signature') signature = value
    else if (!announced.includes(name) || trailers.has(name)) throw badTrailer()
    else {
      trailers.set(name, value)
      canonical += `${name}:${value}\n`
    }
  }
  if (announced.some(name => !trailers.has(name))) throw badTrailer()
  if (!signing || announced.length === 0) return
  const { key, date, scope } = signing
  const lines = ['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, sha256Hex(canonical)]
  if (!sameSignature(textSignature(key, lines.join('\n')), signature)) throw badSignature()
}

function badTrailer(): S3Error {
  return new S3Error('MalformedTrailerError', 'The trailing headers are not the ones announced.')
}

function incomplete(): S3Error {
  return new S3Error('IncompleteBody', 'The chunked body ended early or was malformed.')
}

/** Reads lines and byte runs from a stream while holding no more than one network chunk. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #pending: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  async #refill(): Promise<void> {
    const next = await this.#chunks.next()
    if (next.done) throw incomplete()
    this.#pending =
      this.#pending.length === 0 ? next.value : Buffer.concat([this.#pending, next.value])
  }

  async line(): Promise<string> {
    for (;;) {
      const endAt = this.#pending.indexOf('\r\n')
      if (endAt >= 0) {
        const line = this.#pending.toString('latin1', 0, endAt)
        this.#pending = this.#pending.subarray(endAt + 2)
        return line
      }
      if (this.#pending.length > chunkHeaderBytesMax) throw incomplete()
      await this.#refill()
    }
  }

  async *take(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes
    while (left > 0) {
      if (this.#pending.length === 0) await this.#refill()
      const piece = this.#pending.subarray(0, left)
      this.#pending = this.#pending.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
}
