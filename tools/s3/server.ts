import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { type AccessKeys, authenticate } from './authenticate.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import { type Connection, openExchange, type Stores } from './exchange.ts'
import * as limits from './limits.ts'
import { assertHeadersServed, operationFor } from './operations.ts'
import { isFormUpload, postObject } from './post-object.ts'
import { refuse } from './refuse.ts'
import { S3Error } from './s3-error.ts'
import { parseRequest } from './s3-request.ts'

export type ServerOptions = {
  stores: Stores
  keys: AccessKeys
  corsOrigins: readonly string[]
  /** Told by `/health`, so that a second server can see that its directory is in use. */
  ownerId: string
}

/** The HTTP side: limits, health, CORS, authentication, the operation, and every refusal. */
export function createS3Server(options: ServerOptions): Server {
  const server = createServer({ maxHeaderSize: limits.headerBytesMax })
  // Node drops the headers beyond its count without a word; ours are counted and refused.
  server.maxHeadersCount = 0
  server.headersTimeout = limits.requestHeadersMs
  server.requestTimeout = limits.requestMs
  server.timeout = limits.socketIdleMs
  server.keepAliveTimeout = limits.socketIdleMs
  const serve = (connection: Connection): void => {
    connection.response.setHeader('x-amz-request-id', randomUUID())
    answer(connection, options)
      .catch(error => refuse(connection, error))
      .catch(() => connection.message.destroy())
  }
  server.on('request', (message, response) => serve({ message, response }))
  server.on('checkContinue', (message, response) => serve({ message, response }))
  return server
}

async function answer(connection: Connection, options: ServerOptions): Promise<void> {
  const { message, response } = connection
  if (message.method === 'GET' && message.url === '/health') {
    const health = JSON.stringify({ status: 'ok', owner: options.ownerId })
    response.writeHead(200, { 'content-type': 'application/json' }).end(health)
    return
  }
  if (message.rawHeaders.length / 2 > limits.headersMax) {
    throw new S3Error('RequestHeaderSectionTooLarge', 'Your request has too many headers.')
  }
  allowOrigin(message, response, options.corsOrigins)
  if (message.method === 'OPTIONS') return answerPreflight(message, response, options.corsOrigins)
  const request = parseRequest(message)
  if (isFormUpload(request)) {
    return await postObject(connection, options.stores, { bucket: request.bucket, ...options })
  }
  const signed = authenticate(request, options.keys, Date.now())
  assertHeadersServed(signed.headers)
  const run = operationFor(request)
  await run(openExchange(connection, options.stores, { request, signed }))
}
