import { type ChunkedOptions, decodeAwsChunked } from './aws-chunked.ts'
import type { SignedRequest } from './authenticate.ts'
import { algorithmNamed, algorithmOfHeader, type ChecksumAlgorithm } from './checksums.ts'
import { S3Error } from './s3-error.ts'
import { type Promised, tooLarge, type VerifiedBody, verifiedBody } from './verified-body.ts'

const unsignedTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
const signedChunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
const signedChunksTrailer = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'

/**
 * The body of a signed request, decoded and held to everything its headers promise: length,
 * payload hash, chunk signatures, Content-MD5 and one checksum in a header or a trailer.
 */
export function uploadBody(
  source: AsyncIterable<Buffer>,
  signed: SignedRequest,
  { bytesMax, preferred }: { bytesMax: number; preferred?: ChecksumAlgorithm | undefined },
): VerifiedBody {
  const { headers, payloadHash } = signed
  const isChunked = [unsignedTrailer, signedChunks, signedChunksTrailer].includes(payloadHash)
  const sizeBytes = announcedLength(headers, isChunked)
  if (sizeBytes > bytesMax) throw tooLarge()
  const trailers = new Map<string, string>()
  const announced = announcedTrailers(headers, payloadHash)
  const checksum = announcedChecksum(headers, announced)
  const promised: Promised = {
    bytesMax,
    sizeBytes,
    md5Base64: contentMd5(headers),
    sha256Hex: isChunked ? undefined : payloadSha256(payloadHash),
    algorithm: checksum?.algorithm ?? preferred ?? namedAlgorithm(headers),
    checksum: () => checksum && (headers[checksum.header] ?? trailers.get(checksum.header)),
  }
  if (!isChunked) return verifiedBody(source, promised)
  const signing = payloadHash === unsignedTrailer ? undefined : signed.chunkSigning
  const options: ChunkedOptions = { signing, announced, trailers }
  return verifiedBody(decodeAwsChunked(source, options), promised)
}

function announcedLength(headers: Record<string, string>, isChunked: boolean): number {
  const text = headers[isChunked ? 'x-amz-decoded-content-length' : 'content-length']
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length of the body.')
  }
  return Number(text)
}

function payloadSha256(payloadHash: string): string | undefined {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return undefined
  if (/^[0-9a-f]{64}$/.test(payloadHash)) return payloadHash
  throw new S3Error('InvalidArgument', 'x-amz-content-sha256 must be a SHA-256 or a known keyword.')
}

function contentMd5(headers: Record<string, string>): string | undefined {
  const md5 = headers['content-md5']
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.')
  }
  return md5
}

function announcedTrailers(headers: Record<string, string>, payloadHash: string): string[] {
  const names = (headers['x-amz-trailer'] ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '')
  const mayTrail = payloadHash === unsignedTrailer || payloadHash === signedChunksTrailer
  const isKnown = names.every(name => algorithmOfHeader(name) !== undefined)
  if (isKnown && (mayTrail || names.length === 0)) return names
  throw new S3Error('InvalidRequest', 'x-amz-trailer names a header that cannot trail this body.')
}

function announcedChecksum(
  headers: Record<string, string>,
  trailers: string[],
): { header: string; algorithm: ChecksumAlgorithm } | undefined {
  const given = [...Object.keys(headers), ...trailers].flatMap(header => {
    const algorithm = algorithmOfHeader(header)
    return algorithm ? [{ header, algorithm }] : []
  })
  if (given.length <= 1) return given[0]
  throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header.')
}

function namedAlgorithm(headers: Record<string, string>): ChecksumAlgorithm | undefined {
  const name = headers['x-amz-sdk-checksum-algorithm']
  return name === undefined ? undefined : algorithmNamed(name)
}
