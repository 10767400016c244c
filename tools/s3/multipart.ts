import { algorithmNamed, algorithmOfHeader, type ChecksumAlgorithm } from './checksums.ts'
import type { Exchange } from './exchange.ts'
import { listPageMax, partNumberMax } from './limits.ts'
import { describeObject } from './object-description.ts'
import { S3Error } from './s3-error.ts'
import { countParameter, parameter } from './s3-request.ts'
import { compareKeys } from './key-index.ts'
import type { Upload } from './uploads-on-disk.ts'

export async function createMultipartUpload(exchange: Exchange): Promise<void> {
  const { request, headers, objects, uploads } = exchange
  const { bucket, key } = request
  objects.index(bucket)
  const named = headers['x-amz-checksum-algorithm']
  const algorithm = named === undefined ? undefined : algorithmNamed(named)
  const checksumType = parseChecksumType(headers['x-amz-checksum-type'], algorithm)
  const description = describeObject(headers)
  const upload = await uploads.begin({
    bucket,
    key,
    initiatedAt: new Date().toISOString(),
    description,
    ...(algorithm ? { algorithm } : {}),
    checksumType,
  })
  exchange.replyXml(
    'InitiateMultipartUploadResult',
    { Bucket: bucket, Key: key, UploadId: upload.id },
    {
      ...description.encryption,
      ...(algorithm ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase() } : {}),
      'x-amz-checksum-type': checksumType,
    },
  )
}

/** CRC-64/NVME is only ever of the whole object, the SHA family only of its parts. */
function parseChecksumType(
  given: string | undefined,
  algorithm: ChecksumAlgorithm | undefined,
): Upload['checksumType'] {
  const isWholeOnly = algorithm === undefined || algorithm === 'crc64nvme'
  const type = given ?? (isWholeOnly ? 'FULL_OBJECT' : 'COMPOSITE')
  const isSha = algorithm === 'sha1' || algorithm === 'sha256'
  if (type === 'FULL_OBJECT' && !isSha) return type
  if (type === 'COMPOSITE' && !isWholeOnly) return type
  throw new S3Error('InvalidRequest', 'This checksum type cannot be used with this algorithm.')
}

export async function uploadPart(exchange: Exchange): Promise<void> {
  if (exchange.headers['x-amz-copy-source'] !== undefined) {
    throw new S3Error('NotImplemented', 'A part cannot be copied from another object here.')
  }
  const upload = uploadOf(exchange)
  const number = Number(parameter(exchange.request, 'partNumber'))
  if (!Number.isInteger(number) || number < 1 || number > partNumberMax) {
    throw new S3Error('InvalidArgument', `Part number must be between 1 and ${partNumberMax}.`)
  }
  const announced = [
    ...Object.keys(exchange.headers),
    ...(exchange.headers['x-amz-trailer'] ?? '').split(','),
  ].map(name => algorithmOfHeader(name.trim()))
  const other = announced.find(each => each && each !== (upload.algorithm ?? each))
  if (other) {
    throw new S3Error('InvalidRequest', `This upload checks its parts with ${upload.algorithm}.`)
  }
  const part = await exchange.uploads.putPart(upload, number, exchange.body(upload.algorithm))
  exchange.reply(200, {
    etag: `"${part.etag}"`,
    [`x-amz-checksum-${part.checksum.algorithm}`]: part.checksum.value,
    ...upload.description.encryption,
    'content-length': '0',
  })
}

export async function abortMultipartUpload(exchange: Exchange): Promise<void> {
  await exchange.uploads.end(uploadOf(exchange))
  exchange.reply(204)
}

export async function listParts(exchange: Exchange): Promise<void> {
  const { request } = exchange
  const upload = uploadOf(exchange)
  const max = countParameter(request, 'max-parts', listPageMax)
  const after = Number(parameter(request, 'part-number-marker') ?? 0)
  const left = [...upload.parts.values()]
    .filter(part => part.number > after)
    .sort((a, b) => a.number - b.number)
  const page = left.slice(0, max)
  exchange.replyXml('ListPartsResult', {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? after,
    MaxParts: max,
    IsTruncated: left.length > page.length,
    StorageClass: 'STANDARD',
    ChecksumAlgorithm: upload.algorithm?.toUpperCase(),
    ChecksumType: upload.checksumType,
    Part: page.map(part => ({
      PartNumber: part.number,
      LastModified: part.modifiedAt,
      ETag: `"${part.etag}"`,
      Size: part.sizeBytes,
      [`Checksum${part.checksum.algorithm.toUpperCase()}`]: part.checksum.value,
    })),
  })
}

export async function listMultipartUploads(exchange: Exchange): Promise<void> {
  const { request, uploads, objects } = exchange
  objects.index(request.bucket)
  const prefix = parameter(request, 'prefix') ?? ''
  const max = countParameter(request, 'max-uploads', listPageMax)
  const keyMarker = parameter(request, 'key-marker') ?? ''
  const idMarker = parameter(request, 'upload-id-marker') ?? ''
  const left = uploads
    .list(request.bucket)
    .filter(upload => upload.key.startsWith(prefix))
    .sort(inListOrder)
    .filter(upload => isAfter(upload, keyMarker, idMarker))
  const page = left.slice(0, max)
  exchange.replyXml('ListMultipartUploadsResult', {
    Bucket: request.bucket,
    Prefix: prefix,
    KeyMarker: keyMarker,
    UploadIdMarker: idMarker,
    NextKeyMarker: page.at(-1)?.key,
    NextUploadIdMarker: page.at(-1)?.id,
    MaxUploads: max,
    IsTruncated: left.length > page.length,
    Upload: page.map(upload => ({
      Key: upload.key,
      UploadId: upload.id,
      Initiated: upload.initiatedAt,
      StorageClass: 'STANDARD',
    })),
  })
}

function inListOrder(a: Upload, b: Upload): number {
  return compareKeys(a.key, b.key) || compareKeys(a.id, b.id)
}

function isAfter(upload: Upload, keyMarker: string, idMarker: string): boolean {
  const order = compareKeys(upload.key, keyMarker)
  return order > 0 || (order === 0 && idMarker !== '' && compareKeys(upload.id, idMarker) > 0)
}

export function uploadOf({ request, uploads }: Exchange): Upload {
  const id = parameter(request, 'uploadId') ?? ''
  return uploads.get(id, request.bucket, request.key)
}
