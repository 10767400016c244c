import type { Exchange } from './exchange.ts'
import { listPageMax } from './limits.ts'
import { listPage } from './list-page.ts'
import { S3Error } from './s3-error.ts'
import { countParameter, parameter } from './s3-request.ts'
import { awsEncode } from './signature.ts'

export async function createBucket(exchange: Exchange): Promise<void> {
  const { bucket } = exchange.request
  await exchange.document('CreateBucketConfiguration')
  if (exchange.objects.hasBucket(bucket)) {
    throw new S3Error('BucketAlreadyOwnedByYou', 'You already own the bucket of this name.')
  }
  await exchange.objects.createBucket(bucket)
  exchange.reply(200, { location: `/${bucket}`, 'content-length': '0' })
}

export async function headBucket({ request, objects, reply }: Exchange): Promise<void> {
  objects.index(request.bucket)
  reply(200)
}

export async function listBuckets({ objects, replyXml }: Exchange): Promise<void> {
  const buckets = objects
    .buckets()
    .map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt }))
  replyXml('ListAllMyBucketsResult', {
    Owner: { ID: 'local', DisplayName: 'local' },
    Buckets: { Bucket: buckets },
  })
}

export async function listObjects({ request, objects, replyXml }: Exchange): Promise<void> {
  if (parameter(request, 'list-type') !== '2') {
    throw new S3Error('NotImplemented', 'Only version 2 of the listing is served.')
  }
  const read = (name: string): string => parameter(request, name) ?? ''
  const encoding = parameter(request, 'encoding-type')
  if (encoding !== undefined && encoding !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request')
  }
  const shown = (text: string): string =>
    encoding === undefined ? text : text.split('/').map(awsEncode).join('/')
  const token = parameter(request, 'continuation-token')
  const max = countParameter(request, 'max-keys', listPageMax)
  const page = listPage(objects.index(request.bucket), {
    prefix: read('prefix'),
    delimiter: read('delimiter'),
    startAfter: read('start-after'),
    ...(token === undefined ? {} : { resumeAfter: parseToken(token) }),
    max,
  })
  replyXml('ListBucketResult', {
    Name: request.bucket,
    Prefix: shown(read('prefix')),
    Delimiter: parameter(request, 'delimiter') && shown(read('delimiter')),
    StartAfter: parameter(request, 'start-after') && shown(read('start-after')),
    EncodingType: encoding,
    ContinuationToken: token,
    NextContinuationToken: page.next && Buffer.from(page.next).toString('base64url'),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    MaxKeys: max,
    IsTruncated: page.next !== undefined,
    Contents: page.objects.map(object => ({
      Key: shown(object.key),
      LastModified: object.modifiedAt,
      ETag: `"${object.etag}"`,
      Size: object.sizeBytes,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: page.commonPrefixes.map(prefix => ({ Prefix: shown(prefix) })),
  })
}

function parseToken(token: string): string {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length > 0 && bytes.toString('base64url') === token) return bytes.toString()
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect')
}
