import type { Exchange } from './exchange.ts'
import { describeObject } from './object-description.ts'
import type { StoredObject } from './objects-on-disk.ts'
import { assertMayReplace } from './preconditions.ts'

export async function putObject({
  request,
  headers,
  objects,
  body,
  reply,
}: Exchange): Promise<void> {
  const { bucket, key } = request
  const description = describeObject(headers)
  assertMayReplace(headers, objects.index(bucket).get(key))
  const upload = body()
  const stored = await objects.put({
    bucket,
    key,
    chunks: upload.chunks,
    describe: () => {
      const { md5, checksum } = upload.digest()
      const etag = md5.toString('hex')
      return { ...description, etag, checksum: { ...checksum, type: 'FULL_OBJECT' } }
    },
    mayReplace: existing => assertMayReplace(headers, existing),
  })
  reply(200, { ...writtenHeaders(stored), 'content-length': '0' })
}

/** What S3 tells the writer of an object. */
export function writtenHeaders(stored: StoredObject): Record<string, string> {
  return { etag: `"${stored.etag}"`, ...stored.encryption, ...checksumHeaders(stored) }
}

export function checksumHeaders({ checksum }: StoredObject): Record<string, string> {
  if (!checksum) return {}
  return {
    [`x-amz-checksum-${checksum.algorithm}`]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  }
}
