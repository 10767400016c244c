import type { IncomingMessage } from 'node:http'
import type { Connection } from './exchange.ts'
import { refusedBytesReadMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { xmlDocument } from './xml.ts'

type Refused = { code: string; status: number; text: string; headers: Record<string, string> }

// EFBIG is the limit of one file, which a full quota or `ulimit` reports instead.
const noRoomCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

function describe(error: unknown): Refused {
  if (error instanceof S3Error) {
    const { code, status, message, headers } = error
    return { code, status, text: message, headers }
  }
  const headers = {}
  if (noRoomCodes.has((error as NodeJS.ErrnoException).code ?? '')) {
    return { code: 'InternalError', status: 507, text: 'The disk has no room left.', headers }
  }
  // The stack names code, never a key or a body.
  console.error('local S3 failed:', error)
  const text = 'We encountered an internal error. Please try again.'
  return { code: 'InternalError', status: 500, text, headers }
}

/**
 * Answers an error as S3 does. A refused body is read on to its end, within a limit, before the
 * answer is closed: closing at once would reset the connection under the client's own writing.
 */
export async function refuse({ message, response }: Connection, error: unknown): Promise<void> {
  // The client went away; what it sent was discarded where it was being written.
  if (response.destroyed || message.errored) return
  if (response.headersSent) return void response.destroy()
  const { code, status, text, headers } = describe(error)
  const requestId = String(response.getHeader('x-amz-request-id'))
  const xml = xmlDocument('Error', { Code: code, Message: text, RequestId: requestId })
  const isBodyLeft = !message.complete
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': String(Buffer.byteLength(xml)),
    ...headers,
    ...(isBodyLeft ? { connection: 'close' } : {}),
  })
  if (message.method === 'HEAD') return void response.end()
  response.write(xml)
  // A form is read through its parser, which nobody empties any more.
  message.unpipe()
  if (isBodyLeft && message.headers.expect === undefined) await readToEnd(message)
  response.end()
}

async function readToEnd(message: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length
    if (bytes > refusedBytesReadMax) return
  }
}
