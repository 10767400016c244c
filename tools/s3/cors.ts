import type { IncomingMessage, ServerResponse } from 'node:http'
import { corsMaxAgeSeconds } from './limits.ts'
import { S3Error } from './s3-error.ts'

const methods = ['GET', 'HEAD', 'PUT', 'POST']
const exposed = ['ETag', 'Location', 'x-amz-request-id', 'Content-Range', 'Content-Disposition']

/** Lets the pages of the configured origins, and no others, read the answers. */
export function allowOrigin(
  message: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  const { origin } = message.headers
  if (origins.length > 0) response.setHeader('vary', 'Origin')
  if (origin === undefined || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', exposed.join(', '))
}

export function answerPreflight(
  message: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  const { origin } = message.headers
  const method = message.headers['access-control-request-method'] ?? ''
  if (origin === undefined || !origins.includes(origin) || !methods.includes(method)) {
    throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.')
  }
  const headers = message.headers['access-control-request-headers']
  response.writeHead(200, {
    'access-control-allow-methods': methods.join(', '),
    ...(headers === undefined ? {} : { 'access-control-allow-headers': headers }),
    'access-control-max-age': String(corsMaxAgeSeconds),
    'content-length': '0',
  })
  response.end()
}
