import { createBucket, headBucket, listBuckets, listObjects } from './bucket-operations.ts'
import { algorithmOfHeader } from './checksums.ts'
import { completeMultipartUpload } from './complete-upload.ts'
import { copyObject } from './copy-object.ts'
import { deleteObject, deleteObjects } from './delete-objects.ts'
import type { Exchange } from './exchange.ts'
import { getObject, headObject, responseOverrides } from './get-object.ts'
import {
  abortMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts'
import { putObject } from './put-object.ts'
import { S3Error } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'

type Operation = {
  on: 'service' | 'bucket' | 'object'
  method: string
  /** The query parameter that selects the operation; none for the plain one. */
  marker?: string
  parameters?: string[]
  run: (exchange: Exchange) => Promise<void>
}

const listParameters = [
  'prefix',
  'delimiter',
  'start-after',
  'continuation-token',
  'max-keys',
  'encoding-type',
  'fetch-owner',
]
const uploadListParameters = ['prefix', 'max-uploads', 'key-marker', 'upload-id-marker']

const operations: Operation[] = [
  { on: 'service', method: 'GET', run: listBuckets },
  { on: 'bucket', method: 'PUT', run: createBucket },
  { on: 'bucket', method: 'HEAD', run: headBucket },
  {
    on: 'bucket',
    method: 'GET',
    marker: 'list-type',
    parameters: listParameters,
    run: listObjects,
  },
  {
    on: 'bucket',
    method: 'GET',
    marker: 'uploads',
    parameters: uploadListParameters,
    run: listMultipartUploads,
  },
  { on: 'bucket', method: 'POST', marker: 'delete', run: deleteObjects },
  { on: 'object', method: 'GET', marker: 'tagging', run: getObjectTagging },
  { on: 'object', method: 'PUT', marker: 'tagging', run: putObjectTagging },
  { on: 'object', method: 'DELETE', marker: 'tagging', run: deleteObjectTagging },
  { on: 'object', method: 'POST', marker: 'uploads', run: createMultipartUpload },
  { on: 'object', method: 'PUT', marker: 'uploadId', parameters: ['partNumber'], run: uploadPart },
  { on: 'object', method: 'POST', marker: 'uploadId', run: completeMultipartUpload },
  { on: 'object', method: 'DELETE', marker: 'uploadId', run: abortMultipartUpload },
  {
    on: 'object',
    method: 'GET',
    marker: 'uploadId',
    parameters: ['max-parts', 'part-number-marker'],
    run: listParts,
  },
  { on: 'object', method: 'GET', parameters: responseOverrides, run: getObject },
  { on: 'object', method: 'HEAD', parameters: responseOverrides, run: headObject },
  { on: 'object', method: 'PUT', run: putOrCopy },
  { on: 'object', method: 'DELETE', run: deleteObject },
]

async function putOrCopy(exchange: Exchange): Promise<void> {
  const isCopy = exchange.headers['x-amz-copy-source'] !== undefined
  await (isCopy ? copyObject(exchange) : putObject(exchange))
}

/**
 * Finds what a request asks for. A parameter or header that would change the meaning of the
 * request and is not served is refused by name: silently ignoring `?versionId` or an object lock
 * would let code pass here that fails, or loses data, in production.
 */
export function operationFor(request: S3Request): Operation['run'] {
  const on = request.bucket === '' ? 'service' : request.key === '' ? 'bucket' : 'object'
  const names = request.query
    .map(([name]) => name)
    .filter(name => name !== 'x-id' && !name.toLowerCase().startsWith('x-amz-'))
  const candidates = operations.filter(each => each.on === on && each.method === request.method)
  const operation =
    candidates.find(({ marker }) => marker !== undefined && names.includes(marker)) ??
    candidates.find(({ marker }) => marker === undefined)
  if (!operation) throw new S3Error('NotImplemented', 'This operation is not served.')
  const known = [operation.marker, ...(operation.parameters ?? [])]
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) throw new S3Error('NotImplemented', `?${unknown} is not served.`)
  return operation.run
}

const servedHeaders = new Set(
  [
    'acl',
    'bucket-object-lock-enabled',
    'checksum-algorithm',
    'checksum-mode',
    'checksum-type',
    'content-sha256',
    'copy-source',
    'date',
    'decoded-content-length',
    'metadata-directive',
    'mp-object-size',
    'sdk-checksum-algorithm',
    'server-side-encryption',
    'server-side-encryption-aws-kms-key-id',
    'server-side-encryption-bucket-key-enabled',
    'storage-class',
    'tagging',
    'tagging-directive',
    'trailer',
    'user-agent',
  ].map(name => `x-amz-${name}`),
)
const onlyServedValue: Record<string, string> = {
  'x-amz-acl': 'private',
  'x-amz-bucket-object-lock-enabled': 'false',
  'x-amz-storage-class': 'STANDARD',
}

export function assertHeadersServed(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('x-amz-')) continue
    const isFamily = name.startsWith('x-amz-meta-') || algorithmOfHeader(name) !== undefined
    const only = onlyServedValue[name]
    if (isFamily || (servedHeaders.has(name) && (only ?? value) === value)) continue
    throw new S3Error('NotImplemented', `The header ${name} is not served with this value.`)
  }
}
