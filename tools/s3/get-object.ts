import { type ByteRange, parseRange } from './byte-range.ts'
import type { Exchange } from './exchange.ts'
import { headerValue } from './object-description.ts'
import type { StoredObject } from './objects-on-disk.ts'
import { isNotModified } from './preconditions.ts'
import { checksumHeaders } from './put-object.ts'
import { parameter, type S3Request } from './s3-request.ts'
import { readBody, type Sealed } from './sealed-file.ts'

/** The headers a signed reader may ask to be answered with instead of the stored ones. */
export const responseOverrides = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
]

export async function getObject(exchange: Exchange): Promise<void> {
  const opened = await openForReading(exchange)
  if (!opened) return
  const { sealed, range, status, headers } = opened
  await exchange.send(status, headers, readBody(sealed, range))
}

export async function headObject(exchange: Exchange): Promise<void> {
  const opened = await openForReading(exchange)
  if (!opened) return
  await opened.sealed.file.close()
  exchange.reply(opened.status, opened.headers)
}

type Opened = {
  sealed: Sealed<StoredObject>
  range: ByteRange
  status: number
  headers: Record<string, string>
}

/** Opens the object and decides status and headers; undefined when 304 was already answered. */
async function openForReading({
  request,
  headers,
  objects,
  reply,
}: Exchange): Promise<Opened | undefined> {
  const sealed = await objects.read(request.bucket, request.key)
  const { seal } = sealed
  try {
    const answer = { ...objectHeaders(seal), ...overrides(request) }
    if (isNotModified(headers, seal)) {
      await sealed.file.close()
      reply(304, { etag: answer.etag ?? '', 'last-modified': answer['last-modified'] ?? '' })
      return undefined
    }
    const range = parseRange(headers.range, seal.sizeBytes)
    const { first, last } = range ?? { first: 0, last: seal.sizeBytes - 1 }
    answer['content-length'] = String(last - first + 1)
    if (range) answer['content-range'] = `bytes ${first}-${last}/${seal.sizeBytes}`
    else if (headers['x-amz-checksum-mode'] === 'ENABLED') {
      Object.assign(answer, checksumHeaders(seal))
    }
    return { sealed, range: { first, last }, status: range ? 206 : 200, headers: answer }
  } catch (error) {
    await sealed.file.close()
    throw error
  }
}

function objectHeaders(seal: StoredObject): Record<string, string> {
  return {
    'content-type': seal.contentType,
    etag: `"${seal.etag}"`,
    'last-modified': new Date(seal.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    ...seal.headers,
    ...seal.userMetadata,
    ...seal.encryption,
    ...(seal.tags.length > 0 ? { 'x-amz-tagging-count': String(seal.tags.length) } : {}),
  }
}

function overrides(request: S3Request): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of responseOverrides) {
    const value = parameter(request, name)
    if (value !== undefined) headers[name.slice('response-'.length)] = headerValue(name, value)
  }
  return headers
}
