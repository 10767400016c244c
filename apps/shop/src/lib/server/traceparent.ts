import { randomBytes } from 'node:crypto'

const pattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/
const traceBytes = 16
const spanBytes = 8

/**
 * The W3C trace that every call of one page belongs to: the one that came with the request, else a new one, so that
 * the server's spans of a page can be found together. What is not a traceparent is not passed on.
 */
export function traceparentOf(sent: string | null): string {
  if (sent !== null && pattern.test(sent)) return sent
  return `00-${randomBytes(traceBytes).toString('hex')}-${randomBytes(spanBytes).toString('hex')}-01`
}
