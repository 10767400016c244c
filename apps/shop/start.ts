import { createServer, type IncomingMessage } from 'node:http'
import { originOf } from './origin.ts'

/**
 * Serves the built shop. SvelteKit refuses a form whose Origin is not its own, and behind a proxy it would take
 * itself for https://<host of the proxy's connection>; so each request is told here where the shop answers.
 */
process.env.PROTOCOL_HEADER = 'x-forwarded-proto'
process.env.HOST_HEADER = 'x-forwarded-host'
// Without a script a prescription comes as one form through here; no other form is larger than a few kilobytes.
process.env.BODY_SIZE_LIMIT ??= '20M'

// The adapter reads the names above once, when it is loaded.
const built = './build/handler.js'
const { handler } = (await import(built)) as {
  handler: (request: IncomingMessage, response: import('node:http').ServerResponse) => void
}

// Longer than the load balancer's 60 s, or it would write to a socket we just closed and answer 502.
const keepAliveTimeoutMs = 65_000
const requestTimeoutMs = 30_000
const stopWithinMs = 10_000

const server = createServer((request, response) => {
  if (request.url === '/health/live') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok')
    return
  }
  const origin = originOf(request.headers, process.env.PUBLIC_URL)
  request.headers['x-forwarded-proto'] = origin.protocol.slice(0, -1)
  request.headers['x-forwarded-host'] = origin.host
  handler(request, response)
})
server.keepAliveTimeout = keepAliveTimeoutMs
server.headersTimeout = keepAliveTimeoutMs + 1_000
server.requestTimeout = requestTimeoutMs
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '0.0.0.0', () => {
  console.log(JSON.stringify({ msg: 'the shop is open', address: server.address() }))
})

function stop(): void {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), stopWithinMs).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
