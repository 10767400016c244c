import type { IncomingMessage } from 'node:http'
import { keyBytesMax } from './limits.ts'
import { S3Error } from './s3-error.ts'

/** What a client asked for, decoded once. `key` is '' for a bucket, `bucket` is '' for the service. */
export type S3Request = {
  method: string
  bucket: string
  key: string
  hasTrailingSlash: boolean
  query: [name: string, value: string][]
  headers: Record<string, string>
}

/**
 * Decodes the request target by hand: the platform's URL parser resolves `..` inside a key,
 * which would let one signed key be read as another.
 */
export function parseRequest(message: IncomingMessage): S3Request {
  const target = message.url ?? ''
  if (!target.startsWith('/')) throw new S3Error('InvalidURI', 'The target must be a path.')
  const queryAt = target.indexOf('?')
  const path = decode(queryAt < 0 ? target : target.slice(0, queryAt)).slice(1)
  const slashAt = path.indexOf('/')
  const bucket = slashAt < 0 ? path : path.slice(0, slashAt)
  const key = slashAt < 0 ? '' : path.slice(slashAt + 1)
  if (bucket !== '') assertBucketName(bucket)
  if (key !== '') assertKey(key)
  return {
    method: message.method ?? '',
    bucket,
    key,
    hasTrailingSlash: slashAt >= 0 && key === '',
    query: queryAt < 0 ? [] : parseQuery(target.slice(queryAt + 1)),
    headers: singleHeaders(message),
  }
}

function parseQuery(text: string): [string, string][] {
  return text
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const equalsAt = part.indexOf('=')
      if (equalsAt < 0) return [decode(part), '']
      return [decode(part.slice(0, equalsAt)), decode(part.slice(equalsAt + 1))]
    })
}

function singleHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (typeof value === 'string') headers[name] = value
  }
  return headers
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', 'The target is not valid percent-encoded UTF-8.')
  }
}

export function parameter(request: S3Request, name: string): string | undefined {
  return request.query.find(([each]) => each === name)?.[1]
}

/** Reads a whole number between 0 and `max` from the query; refuses anything else, caps at `max`. */
export function countParameter(request: S3Request, name: string, max: number): number {
  const text = parameter(request, name)
  if (text === undefined || text === '') return max
  if (!/^\d{1,9}$/.test(text)) {
    throw new S3Error('InvalidArgument', `${name} must be a whole number.`)
  }
  return Math.min(Number(text), max)
}

export function assertBucketName(name: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.')
  }
}

/** Keys are any UTF-8 up to 1,024 bytes, less the control characters an XML listing cannot carry. */
export function assertKey(key: string): void {
  if (key === '') throw new S3Error('InvalidArgument', 'An object key cannot be empty.')
  if (Buffer.byteLength(key) > keyBytesMax) {
    throw new S3Error('KeyTooLongError', `A key has at most ${keyBytesMax} bytes.`)
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\ufffe\uffff]/.test(key)) {
    throw new S3Error('InvalidArgument', 'A key cannot hold control characters.')
  }
}
