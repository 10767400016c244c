import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { SignedRequest } from './authenticate.ts'
import { algorithmOfHeader, type ChecksumAlgorithm } from './checksums.ts'
import { documentBytesMax, objectBytesMax } from './limits.ts'
import type { ObjectsOnDisk } from './objects-on-disk.ts'
import type { S3Request } from './s3-request.ts'
import { uploadBody } from './upload-body.ts'
import type { UploadsOnDisk } from './uploads-on-disk.ts'
import type { VerifiedBody } from './verified-body.ts'
import { type ParsedXml, parseXmlDocument, type XmlTree, xmlDocument } from './xml.ts'

export type Stores = { objects: ObjectsOnDisk; uploads: UploadsOnDisk }

/** One signed request and the means to answer it; what an operation is given. */
export type Exchange = Stores & {
  request: S3Request
  headers: Record<string, string>
  body: (preferred?: ChecksumAlgorithm) => VerifiedBody
  /**
   * Reads the body as an XML document; undefined when there is no body. The checksum header is the
   * body's own unless it is said to be the `object`'s, as in a completion.
   */
  document: (root: string, checksumOf?: 'body' | 'object') => Promise<ParsedXml | undefined>
  reply: (status: number, headers?: Record<string, string>) => void
  replyXml: (root: string, tree: XmlTree, headers?: Record<string, string>) => void
  send: (
    status: number,
    headers: Record<string, string>,
    body: AsyncIterable<Buffer>,
  ) => Promise<void>
}

export type Connection = { message: IncomingMessage; response: ServerResponse }

export function openExchange(
  { message, response }: Connection,
  stores: Stores,
  { request, signed }: { request: S3Request; signed: SignedRequest },
): Exchange {
  const received = (): AsyncIterable<Buffer> => receivedChunks({ message, response })
  return {
    ...stores,
    request,
    headers: signed.headers,
    body: preferred => uploadBody(received(), signed, { bytesMax: objectBytesMax, preferred }),
    document: async (root, checksumOf = 'body') => {
      if ((signed.headers['content-length'] ?? '0') === '0') return undefined
      const about = checksumOf === 'body' ? signed : withoutChecksums(signed)
      const body = uploadBody(received(), about, { bytesMax: documentBytesMax })
      const pieces: Buffer[] = []
      for await (const chunk of body.chunks) pieces.push(chunk)
      return parseXmlDocument(Buffer.concat(pieces).toString(), root)
    },
    reply: (status, headers = {}) => void response.writeHead(status, headers).end(),
    replyXml: (root, tree, headers = {}) =>
      replyXml(response, 200, xmlDocument(root, tree), headers),
    send: async (status, headers, content) => {
      response.writeHead(status, headers)
      await pipeline(content, response)
    },
  }
}

function withoutChecksums(signed: SignedRequest): SignedRequest {
  const kept = Object.entries(signed.headers).filter(([name]) => !algorithmOfHeader(name))
  return { ...signed, headers: Object.fromEntries(kept) }
}

export function replyXml(
  response: ServerResponse,
  status: number,
  xml: string,
  headers: Record<string, string> = {},
): void {
  const length = String(Buffer.byteLength(xml))
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': length,
    ...headers,
  })
  response.end(xml)
}

/**
 * The raw body. A client that waits for `100 Continue` is told to go on only here, after its
 * signature and conditions held, so a refused upload is never sent. Stopping early leaves the
 * connection alive for the refusal to be written.
 */
export async function* receivedChunks({ message, response }: Connection): AsyncGenerator<Buffer> {
  if (message.headers.expect !== undefined) response.writeContinue()
  for await (const chunk of message.iterator({ destroyOnReturn: false })) yield chunk as Buffer
}
