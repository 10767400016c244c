import { createHash } from 'node:crypto'
import { checksumAlgorithms, startChecksum } from './checksums.ts'
import type { Exchange } from './exchange.ts'
import { objectBytesMax, partBytesMin, partNumberMax } from './limits.ts'
import { uploadOf } from './multipart.ts'
import type { StoredObject } from './objects-on-disk.ts'
import { assertMayReplace } from './preconditions.ts'
import { S3Error } from './s3-error.ts'
import type { StoredPart, Upload } from './uploads-on-disk.ts'
import { tooLarge, type VerifiedBody, verifiedBody } from './verified-body.ts'
import { childElements, childText, type ParsedXml } from './xml.ts'

/** Joins the listed parts into the object, in one commit, and forgets the upload. */
export async function completeMultipartUpload(exchange: Exchange): Promise<void> {
  const { request, headers, objects, uploads } = exchange
  const upload = uploadOf(exchange)
  const document = await exchange.document('CompleteMultipartUpload', 'object')
  const parts = chosenParts(upload, childElements(document ?? {}, 'Part'))
  assertMayReplace(headers, objects.index(request.bucket).get(request.key))
  if (upload.isCompleting) {
    throw new S3Error('OperationAborted', 'This upload is already being completed.')
  }
  upload.isCompleting = true
  try {
    const body = joinedBody(exchange, upload, parts)
    const composite = await compositeChecksum(upload, parts)
    const stored = await objects.put({
      ...request,
      chunks: body.chunks,
      describe: () => ({
        ...upload.description,
        etag: joinedEtag(parts),
        checksum: composite ?? { ...body.digest().checksum, type: 'FULL_OBJECT' },
      }),
      mayReplace: existing => assertMayReplace(headers, existing),
    })
    await uploads.end(upload)
    replyCompleted(exchange, stored)
  } finally {
    upload.isCompleting = false
  }
}

function replyCompleted({ request, replyXml }: Exchange, stored: StoredObject): void {
  const { checksum } = stored
  replyXml(
    'CompleteMultipartUploadResult',
    {
      Location: `/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: request.key,
      ETag: `"${stored.etag}"`,
      ...(checksum && { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value }),
      ChecksumType: checksum?.type,
    },
    stored.encryption,
  )
}

function chosenParts(upload: Upload, listed: ParsedXml[]): StoredPart[] {
  if (listed.length === 0 || listed.length > partNumberMax) {
    throw new S3Error('MalformedXML', `A completion lists one to ${partNumberMax} parts.`)
  }
  let previous = 0
  const parts = listed.map(entry => {
    const number = Number(childText(entry, 'PartNumber'))
    if (!(number > previous)) {
      throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.')
    }
    previous = number
    return matchingPart(upload, number, entry)
  })
  if (parts.slice(0, -1).some(part => part.sizeBytes < partBytesMin)) {
    throw new S3Error('EntityTooSmall', 'Every part but the last has at least 5 MiB.')
  }
  if (sumOfSizes(parts) > objectBytesMax) throw tooLarge()
  return parts
}

function matchingPart(upload: Upload, number: number, entry: ParsedXml): StoredPart {
  const part = upload.parts.get(number)
  const etag = (childText(entry, 'ETag') ?? '').replaceAll('"', '')
  const isSame = part?.etag === etag
  const hasOtherChecksum = checksumAlgorithms.some(algorithm => {
    const given = childText(entry, `Checksum${algorithm.toUpperCase()}`)
    const { checksum } = part ?? {}
    return given !== undefined && !(checksum?.algorithm === algorithm && checksum.value === given)
  })
  if (part && isSame && !hasOtherChecksum) return part
  throw new S3Error('InvalidPart', `Part ${number} was not uploaded, or is not the one described.`)
}

/** S3's ETag of a joined object: the MD5 of the parts' MD5s, a dash and their count. */
function joinedEtag(parts: StoredPart[]): string {
  const md5 = createHash('md5')
  for (const part of parts) md5.update(part.etag, 'hex')
  return `${md5.digest('hex')}-${parts.length}`
}

async function compositeChecksum(
  { checksumType, algorithm }: Upload,
  parts: StoredPart[],
): Promise<StoredObject['checksum'] | undefined> {
  if (checksumType === 'FULL_OBJECT' || !algorithm) return undefined
  const running = startChecksum(algorithm)
  for (const part of parts) running.update(Buffer.from(part.checksum.value, 'base64'))
  const value = Buffer.from(await running.digest()).toString('base64')
  return { algorithm, value: `${value}-${parts.length}`, type: 'COMPOSITE' }
}

function joinedBody(
  { headers, uploads }: Exchange,
  upload: Upload,
  parts: StoredPart[],
): VerifiedBody {
  const { algorithm } = upload
  // Given in a header, the checksum of the whole object is verified while the parts are joined;
  // a composite one is decided by the parts, which were verified when they came in.
  const isWhole = upload.checksumType === 'FULL_OBJECT'
  const expected = isWhole ? headers[`x-amz-checksum-${algorithm ?? 'crc64nvme'}`] : undefined
  return verifiedBody(uploads.chunks(upload, parts), {
    bytesMax: objectBytesMax,
    sizeBytes: Number(headers['x-amz-mp-object-size'] ?? sumOfSizes(parts)),
    algorithm,
    checksum: () => expected,
  })
}

function sumOfSizes(parts: StoredPart[]): number {
  return parts.reduce((sum, part) => sum + part.sizeBytes, 0)
}
