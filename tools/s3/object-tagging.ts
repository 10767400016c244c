import type { Exchange } from './exchange.ts'
import { S3Error } from './s3-error.ts'
import { readBody } from './sealed-file.ts'
import { parseTagging, type Tag } from './tags.ts'

export async function getObjectTagging({ request, objects, replyXml }: Exchange): Promise<void> {
  const { file, seal } = await objects.read(request.bucket, request.key)
  await file.close()
  const tags = seal.tags.map(({ key, value }) => ({ Key: key, Value: value }))
  replyXml('Tagging', { TagSet: { Tag: tags } })
}

export async function putObjectTagging(exchange: Exchange): Promise<void> {
  const document = await exchange.document('Tagging')
  if (!document) throw new S3Error('MalformedXML', 'The Tagging document is missing.')
  await replaceTags(exchange, parseTagging(document))
  exchange.reply(200, { 'content-length': '0' })
}

export async function deleteObjectTagging(exchange: Exchange): Promise<void> {
  await replaceTags(exchange, [])
  exchange.reply(204)
}

/**
 * Rewrites the sealed file with other tags. An object written meanwhile wins: its writer never
 * loses a byte to a tag of the version before it.
 */
async function replaceTags({ request, objects }: Exchange, tags: Tag[]): Promise<void> {
  const sealed = await objects.read(request.bucket, request.key)
  const { seal } = sealed
  const before = objects.index(request.bucket).get(request.key)
  await objects.put({
    ...request,
    chunks: readBody(sealed, { first: 0, last: seal.sizeBytes - 1 }),
    describe: () => ({ ...seal, tags }),
    mayReplace: existing => {
      if (existing?.modifiedAt === seal.modifiedAt && existing === before) return
      throw new S3Error('OperationAborted', 'The object was replaced while it was being tagged.')
    },
  })
}
