import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc'
import { S3Error } from './s3-error.ts'

export const checksumAlgorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** S3 computes this one when the client names none. */
export const defaultChecksumAlgorithm: ChecksumAlgorithm = 'crc64nvme'

const digestBytes: Record<ChecksumAlgorithm, number> = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  sha1: 20,
  sha256: 32,
}

export type RunningChecksum = {
  update(chunk: Uint8Array): void
  digest(): Promise<Uint8Array>
}

/** Starts a checksum that is fed chunk by chunk; its digest is in the byte order S3 encodes. */
export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'crc32':
      return startCrc32()
    case 'crc32c':
      return new Crc32c()
    case 'crc64nvme':
      return new Crc64Nvme()
    case 'sha1':
    case 'sha256': {
      const hash = createHash(algorithm)
      return { update: chunk => void hash.update(chunk), digest: async () => hash.digest() }
    }
  }
}

function startCrc32(): RunningChecksum {
  let value = 0
  return {
    update: chunk => {
      value = crc32(chunk, value)
    },
    digest: async () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    },
  }
}

/** Reads the algorithm of an `x-amz-checksum-<algorithm>` header or trailer, if it is one. */
export function algorithmOfHeader(name: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find(algorithm => name === `x-amz-checksum-${algorithm}`)
}

export function algorithmNamed(name: string): ChecksumAlgorithm {
  const algorithm = checksumAlgorithms.find(each => each === name.toLowerCase())
  if (algorithm) return algorithm
  throw new S3Error('InvalidRequest', 'Checksum algorithm provided is unsupported.')
}

/** Refuses a value that could not be this algorithm's digest in base64. */
export function assertChecksumShape(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== digestBytes[algorithm] || bytes.toString('base64') !== value) {
    throw new S3Error('InvalidRequest', `Value for x-amz-checksum-${algorithm} is invalid.`)
  }
}
