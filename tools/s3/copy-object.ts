import type { Exchange } from './exchange.ts'
import { describeObject, type ObjectDescription } from './object-description.ts'
import type { StoredObject } from './objects-on-disk.ts'
import { assertMayReplace } from './preconditions.ts'
import { S3Error } from './s3-error.ts'
import { assertBucketName, assertKey } from './s3-request.ts'
import { readBody } from './sealed-file.ts'
import { verifiedBody } from './verified-body.ts'
import { objectBytesMax } from './limits.ts'

/** Copies an object within the server, with its own description or, on REPLACE, a new one. */
export async function copyObject({ request, headers, objects, replyXml }: Exchange): Promise<void> {
  const source = parseCopySource(headers['x-amz-copy-source'] ?? '')
  const isOntoItself = source.bucket === request.bucket && source.key === request.key
  const replacesMetadata = isReplaced(headers, 'x-amz-metadata-directive')
  const replacesTags = isReplaced(headers, 'x-amz-tagging-directive')
  if (isOntoItself && !replacesMetadata && headers['x-amz-server-side-encryption'] === undefined) {
    throw new S3Error('InvalidRequest', 'This copy onto itself would change nothing.')
  }
  const given = describeObject(headers)
  const sealed = await objects.read(source.bucket, source.key)
  const { seal } = sealed
  const body = verifiedBody(readBody(sealed, { first: 0, last: seal.sizeBytes - 1 }), {
    bytesMax: objectBytesMax,
    sizeBytes: seal.sizeBytes,
    algorithm: seal.checksum?.algorithm,
  })
  const description: ObjectDescription = {
    ...(replacesMetadata ? given : pickDescription(seal)),
    encryption: given.encryption,
    tags: replacesTags ? given.tags : seal.tags,
  }
  const stored = await objects.put({
    ...request,
    chunks: body.chunks,
    describe: () => {
      const { md5, checksum } = body.digest()
      const etag = md5.toString('hex')
      return { ...description, etag, checksum: { ...checksum, type: 'FULL_OBJECT' } }
    },
    mayReplace: existing => assertMayReplace(headers, existing),
  })
  replyXml(
    'CopyObjectResult',
    { ETag: `"${stored.etag}"`, LastModified: stored.modifiedAt },
    stored.encryption,
  )
}

function pickDescription(stored: StoredObject): ObjectDescription {
  const { contentType, headers, userMetadata, encryption, tags } = stored
  return { contentType, headers, userMetadata, encryption, tags }
}

function isReplaced(headers: Record<string, string>, directive: string): boolean {
  const value = headers[directive] ?? 'COPY'
  if (value === 'REPLACE' || value === 'COPY') return value === 'REPLACE'
  throw new S3Error('InvalidArgument', `Unknown ${directive}.`)
}

function parseCopySource(header: string): { bucket: string; key: string } {
  let source: string
  try {
    source = decodeURIComponent(header).replace(/^\//, '')
  } catch {
    throw new S3Error('InvalidArgument', 'The copy source is not valid percent-encoding.')
  }
  if (header.includes('?versionId=')) throw new S3Error('NotImplemented', 'No versions here.')
  const slashAt = source.indexOf('/')
  if (slashAt < 0) throw new S3Error('InvalidArgument', 'The copy source names no key.')
  const [bucket, key] = [source.slice(0, slashAt), source.slice(slashAt + 1)]
  assertBucketName(bucket)
  assertKey(key)
  return { bucket, key }
}
