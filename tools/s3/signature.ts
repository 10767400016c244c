import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Percent-encodes as AWS does: everything but letters, digits and `-._~`. */
export function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

export function sha256Hex(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** The day's signing key for a scope `YYYYMMDD/region/s3/aws4_request`. */
export function signingKey(secret: string, scope: string): Buffer {
  let key: string | Buffer = `AWS4${secret}`
  for (const part of scope.split('/')) key = hmac(key, part)
  return key as Buffer
}

export type SignedParts = {
  method: string
  path: string
  query: [string, string][]
  headers: Record<string, string>
  signedHeaders: string[]
  payloadHash: string
}

/** The canonical request of Signature Version 4 for S3: the path encoded once and never normalised. */
export function canonicalRequest(parts: SignedParts): string {
  const query = parts.query
    .map(([name, value]) => [awsEncode(name), awsEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) =>
      nameA === nameB ? ordered(valueA, valueB) : ordered(nameA, nameB),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const headers = parts.signedHeaders
    .map(name => `${name}:${(parts.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('')
  const path = parts.path.split('/').map(awsEncode).join('/')
  const signedHeaders = parts.signedHeaders.join(';')
  return [parts.method, path, query, headers, signedHeaders, parts.payloadHash].join('\n')
}

function ordered(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function requestSignature(
  key: Buffer,
  { date, scope, canonical }: { date: string; scope: string; canonical: string },
): string {
  return textSignature(key, ['AWS4-HMAC-SHA256', date, scope, sha256Hex(canonical)].join('\n'))
}

export function textSignature(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex')
}

/** Compares two signatures in constant time. */
export function sameSignature(expected: string, given: string): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Reads `20261122T110300Z` as milliseconds since the epoch; undefined when it is not such a date. */
export function parseAmzDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(instant) ? undefined : instant
}
