import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bucket, openBed, refusedReply } from './test-bed.ts'

const origin = 'http://localhost:5173'

function preflight(endpoint: string, from: string, method = 'POST'): Promise<Response> {
  const headers = { origin: from, 'access-control-request-method': method }
  return fetch(`${endpoint}/${bucket}`, { method: 'OPTIONS', headers })
}

test('a page of a configured origin may upload and read the answer', async t => {
  const { endpoint } = await openBed(t, { corsOrigins: [origin] })
  const reply = await preflight(endpoint, origin)
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('access-control-allow-origin'), origin)
  assert.match(reply.headers.get('access-control-allow-methods') ?? '', /POST/)
  const refusal = await fetch(`${endpoint}/${bucket}/a`, { headers: { origin } })
  assert.equal(refusal.status, 403)
  assert.equal(refusal.headers.get('access-control-allow-origin'), origin)
  assert.match(refusal.headers.get('access-control-expose-headers') ?? '', /ETag/)
  assert.equal(refusal.headers.get('vary'), 'Origin')
})

test('other origins and methods, and every origin when none is configured, are refused', async t => {
  const { endpoint } = await openBed(t, { corsOrigins: [origin] })
  await refusedReply(await preflight(endpoint, 'http://evil.example'), 'AccessForbidden', 403)
  await refusedReply(await preflight(endpoint, origin, 'DELETE'), 'AccessForbidden', 403)
  const headers = { origin: 'http://evil.example' }
  const reply = await fetch(`${endpoint}/${bucket}/a`, { headers })
  assert.equal(reply.headers.get('access-control-allow-origin'), null)
  const closed = await openBed(t)
  await refusedReply(await preflight(closed.endpoint, origin), 'AccessForbidden', 403)
})
