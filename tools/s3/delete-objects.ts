import type { Exchange } from './exchange.ts'
import { deleteKeysMax } from './limits.ts'
import { assertMayReplace } from './preconditions.ts'
import { S3Error } from './s3-error.ts'
import { assertKey } from './s3-request.ts'
import { childElements, childText, type XmlTree } from './xml.ts'

export async function deleteObject({ request, headers, objects, reply }: Exchange): Promise<void> {
  await objects.remove(request.bucket, request.key, existing => assertMayReplace(headers, existing))
  reply(204)
}

/** Deletes up to a thousand keys and reports on each; S3 wants the list covered by a checksum. */
export async function deleteObjects(exchange: Exchange): Promise<void> {
  const { request, headers, objects } = exchange
  const isCovered = Object.keys(headers).some(
    name => name === 'content-md5' || name.startsWith('x-amz-checksum-'),
  )
  if (!isCovered) {
    throw new S3Error('InvalidRequest', 'Missing required header: Content-MD5 or x-amz-checksum-*')
  }
  const document = (await exchange.document('Delete')) ?? {}
  const entries = childElements(document, 'Object')
  if (entries.length === 0 || entries.length > deleteKeysMax) {
    throw new S3Error('MalformedXML', `A delete names one to ${deleteKeysMax} keys.`)
  }
  const keys = entries.map(entry => {
    if (entry.VersionId !== undefined) throw new S3Error('NotImplemented', 'No versions here.')
    return childText(entry, 'Key') ?? ''
  })
  for (const key of keys) assertKey(key)
  const deleted: XmlTree[] = []
  for (const key of keys) {
    await objects.remove(request.bucket, key, () => undefined)
    deleted.push({ Key: key })
  }
  const isQuiet = childText(document, 'Quiet') === 'true'
  exchange.replyXml('DeleteResult', isQuiet ? {} : { Deleted: deleted })
}
