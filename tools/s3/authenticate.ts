import { clockSkewMs, presignSecondsMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { parameter, type S3Request } from './s3-request.ts'
import {
  canonicalRequest,
  parseAmzDate,
  requestSignature,
  sameSignature,
  signingKey,
} from './signature.ts'

export type AccessKeys = { accessKeyId: string; secretAccessKey: string }

/** What a valid signature promises about the body, and the key that signs its chunks. */
export type SignedRequest = {
  payloadHash: string
  headers: Record<string, string>
  chunkSigning: { key: Buffer; date: string; scope: string; seed: string }
}

type Claim = {
  credential: string
  signedHeaders: string[]
  signature: string
  date: string
  payloadHash: string
}

const algorithm = 'AWS4-HMAC-SHA256'
const presignParameters = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-content-sha256',
])

/**
 * Proves that the request was signed with the local key, in its header or in its query, within
 * the clock skew or the presigned seconds. Nothing is public: a request without a signature is
 * AccessDenied. The answer carries the headers to act on, with the ones a presigned URL moved
 * into its query put back.
 */
export function authenticate(request: S3Request, keys: AccessKeys, nowMs: number): SignedRequest {
  const presigned = parameter(request, 'X-Amz-Signature') !== undefined
  const header = request.headers.authorization
  if (presigned && header !== undefined) {
    throw new S3Error('InvalidArgument', 'Only one auth mechanism is allowed.')
  }
  const claim = presigned ? presignedClaim(request, nowMs) : headerClaim(request, header, nowMs)
  const { accessKeyId, scope } = parseCredential(claim.credential, claim.date)
  if (accessKeyId !== keys.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The access key id does not exist in our records.')
  }
  assertHeadersSigned(request, claim.signedHeaders, presigned)
  const key = signingKey(keys.secretAccessKey, scope)
  const canonical = canonicalRequest({
    method: request.method,
    path: `/${request.bucket}${request.hasTrailingSlash ? '/' : ''}${request.key && `/${request.key}`}`,
    query: request.query.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: request.headers,
    signedHeaders: claim.signedHeaders,
    payloadHash: claim.payloadHash,
  })
  const expected = requestSignature(key, { date: claim.date, scope, canonical })
  if (!sameSignature(expected, claim.signature)) throw badSignature()
  return {
    payloadHash: claim.payloadHash,
    headers: presigned ? withQueryHeaders(request) : request.headers,
    chunkSigning: { key, date: claim.date, scope, seed: claim.signature },
  }
}

export function badSignature(): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  )
}

function headerClaim(request: S3Request, header: string | undefined, nowMs: number): Claim {
  if (header === undefined) throw new S3Error('AccessDenied', 'Access Denied')
  const parts = new RegExp(
    `^${algorithm} Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]{64})$`,
  ).exec(header)
  if (!parts) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed.')
  }
  const [, credential = '', signedHeaders = '', signature = ''] = parts
  const date = request.headers['x-amz-date'] ?? ''
  const instant = parseAmzDate(date)
  if (instant === undefined) {
    throw new S3Error('AccessDenied', 'A signed request needs a valid x-amz-date header.')
  }
  if (Math.abs(nowMs - instant) > clockSkewMs) {
    throw new S3Error('RequestTimeTooSkewed', 'The request time and the server time differ.')
  }
  const payloadHash = request.headers['x-amz-content-sha256']
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header: x-amz-content-sha256')
  }
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date, payloadHash }
}

function presignedClaim(request: S3Request, nowMs: number): Claim {
  const read = (name: string): string => {
    const values = request.query.filter(([each]) => each === name)
    const value = values[0]?.[1]
    if (values.length !== 1 || value === undefined || value === '') {
      throw new S3Error('AuthorizationQueryParametersError', `${name} must be given once.`)
    }
    return value
  }
  const date = read('X-Amz-Date')
  const instant = parseAmzDate(date)
  const seconds = Number(read('X-Amz-Expires'))
  const isKnown = read('X-Amz-Algorithm') === algorithm && instant !== undefined
  if (!isKnown || !Number.isInteger(seconds) || seconds < 1 || seconds > presignSecondsMax) {
    throw new S3Error('AuthorizationQueryParametersError', 'The presigned parameters are invalid.')
  }
  if (instant - nowMs > clockSkewMs) {
    throw new S3Error('AccessDenied', 'Request is not yet valid')
  }
  if (nowMs > instant + seconds * 1000) throw new S3Error('AccessDenied', 'Request has expired')
  return {
    credential: read('X-Amz-Credential'),
    signedHeaders: read('X-Amz-SignedHeaders').split(';'),
    signature: read('X-Amz-Signature'),
    date,
    payloadHash: parameter(request, 'X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  }
}

/** Splits `KEYID/YYYYMMDD/region/s3/aws4_request`; the day must be the request's own. */
export function parseCredential(
  credential: string,
  amzDate: string,
): { accessKeyId: string; scope: string } {
  const [accessKeyId = '', day = '', region = '', ...rest] = credential.split('/')
  const isScope =
    day === amzDate.slice(0, 8) && region !== '' && rest.join('/') === 's3/aws4_request'
  if (!isScope) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The credential scope is not valid here.')
  }
  return { accessKeyId, scope: [day, region, ...rest].join('/') }
}

/**
 * The host and every x-amz- header must be covered, or a header could be changed on the way. A
 * header-signed request covers its content type too; a presigned URL binds it only when it was
 * signed, exactly as S3 does.
 */
function assertHeadersSigned(request: S3Request, signed: string[], presigned: boolean): void {
  const isCovered = new Set(signed)
  const required = Object.keys(request.headers).filter(
    name => name === 'host' || name.startsWith('x-amz-') || (!presigned && name === 'content-type'),
  )
  const missing = ['host', ...required].find(name => !isCovered.has(name))
  if (missing !== undefined) {
    throw new S3Error(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${missing}`,
    )
  }
}

function withQueryHeaders(request: S3Request): Record<string, string> {
  const headers = { ...request.headers }
  for (const [name, value] of request.query) {
    const lower = name.toLowerCase()
    if (lower.startsWith('x-amz-') && !presignParameters.has(lower)) headers[lower] ??= value
  }
  return headers
}
