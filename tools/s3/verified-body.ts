import { createHash } from 'node:crypto'
import {
  assertChecksumShape,
  type ChecksumAlgorithm,
  defaultChecksumAlgorithm,
  startChecksum,
} from './checksums.ts'
import { S3Error } from './s3-error.ts'

export type Checksum = { algorithm: ChecksumAlgorithm; value: string }
export type BodyDigest = { sizeBytes: number; md5: Buffer; checksum: Checksum }

/**
 * A body that proves itself while it is read: iterating `chunks` to the end throws unless size,
 * hashes and checksum are the promised ones; only then does `digest` have an answer.
 */
export type VerifiedBody = { chunks: AsyncIterable<Buffer>; digest(): BodyDigest }

export type Promised = {
  bytesMin?: number
  bytesMax: number
  sizeBytes?: number
  md5Base64?: string | undefined
  sha256Hex?: string | undefined
  algorithm?: ChecksumAlgorithm | undefined
  /** Asked for after the last byte, because a trailer is only known then. */
  checksum?: () => string | undefined
}

export function verifiedBody(source: AsyncIterable<Buffer>, promised: Promised): VerifiedBody {
  let result: BodyDigest | undefined
  async function* chunks(): AsyncGenerator<Buffer> {
    const md5 = createHash('md5')
    const sha256 = promised.sha256Hex === undefined ? undefined : createHash('sha256')
    const algorithm = promised.algorithm ?? defaultChecksumAlgorithm
    const running = startChecksum(algorithm)
    let sizeBytes = 0
    for await (const chunk of source) {
      sizeBytes += chunk.length
      if (sizeBytes > promised.bytesMax) throw tooLarge()
      md5.update(chunk)
      sha256?.update(chunk)
      running.update(chunk)
      yield chunk
    }
    assertSize(sizeBytes, promised)
    const value = Buffer.from(await running.digest()).toString('base64')
    const digest = { sizeBytes, md5: md5.digest(), checksum: { algorithm, value } }
    assertDigest(digest, sha256?.digest('hex'), promised)
    result = digest
  }
  return {
    chunks: chunks(),
    digest: () => {
      if (!result) throw new Error('A body was asked for its digest before it was read.')
      return result
    },
  }
}

export function tooLarge(): S3Error {
  return new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.')
}

function assertSize(sizeBytes: number, promised: Promised): void {
  if (promised.sizeBytes !== undefined && promised.sizeBytes !== sizeBytes) {
    throw new S3Error('IncompleteBody', 'The body has not the number of bytes it announced.')
  }
  if (sizeBytes < (promised.bytesMin ?? 0)) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum size.')
  }
}

function assertDigest(digest: BodyDigest, sha256Hex: string | undefined, promised: Promised): void {
  if (sha256Hex !== promised.sha256Hex) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      'The provided x-amz-content-sha256 header does not match what was computed.',
    )
  }
  const { md5Base64 } = promised
  if (md5Base64 !== undefined && md5Base64 !== digest.md5.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
  const expected = promised.checksum?.()
  if (expected === undefined) return
  assertChecksumShape(digest.checksum.algorithm, expected)
  if (expected !== digest.checksum.value) {
    throw new S3Error(
      'BadDigest',
      `The ${digest.checksum.algorithm.toUpperCase()} you specified did not match what we received.`,
    )
  }
}
