import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createFrontDoor } from './front-door.ts'
import { freePort } from './free-port.ts'

const counterDir = mkdtempSync(path.join(os.tmpdir(), 'janta-counter-'))
mkdirSync(path.join(counterDir, '_app', 'immutable'), { recursive: true })
writeFileSync(path.join(counterDir, 'index.html'), '<title>Counter</title>')
writeFileSync(path.join(counterDir, '_app', 'immutable', 'a.js'), 'let a = 1')
writeFileSync(path.join(counterDir, '_app', 'immutable', 'a.js.gz'), gzipSync('let a = 1'))

const api = http.createServer((request, response) => {
  let body = ''
  request.on('data', part => (body += part))
  request.on('end', () => {
    const { host, 'x-forwarded-proto': scheme } = request.headers
    response.writeHead(request.url === '/api/moved' ? 303 : 200, { location: '/api/there' })
    response.end(JSON.stringify({ url: request.url, method: request.method, host, scheme, body }))
  })
})
let address = ''
let door: ReturnType<typeof createFrontDoor>

before(async () => {
  await new Promise<void>(done => api.listen(0, '127.0.0.1', done))
  const { port } = api.address() as AddressInfo
  const shopUrl = `http://127.0.0.1:${await freePort()}`
  door = createFrontDoor({ apiUrl: `http://127.0.0.1:${port}`, shopUrl, counterDir })
  address = await door.listen({ host: '127.0.0.1', port: 0 })
})

after(async () => {
  await door.close()
  api.close()
  rmSync(counterDir, { recursive: true })
})

test('the server gets /api with path, query, method, body and the address the browser used', async () => {
  const reply = await fetch(`${address}/api/orders?page=2`, { method: 'POST', body: 'two strips' })
  assert.deepEqual(await reply.json(), {
    url: '/api/orders?page=2',
    method: 'POST',
    host: new URL(address).host,
    scheme: 'http',
    body: 'two strips',
  })
})

test('a redirect of the server reaches the browser unchanged', async () => {
  const reply = await fetch(`${address}/api/moved`, { redirect: 'manual' })
  assert.equal(reply.status, 303)
  assert.equal(reply.headers.get('location'), '/api/there')
})

test('an address inside the counter is its page, a missing asset is missing', async () => {
  for (const place of ['/counter/', '/counter/orders/17?tab=labels']) {
    const reply = await fetch(`${address}${place}`)
    assert.equal(reply.status, 200)
    assert.equal(await reply.text(), '<title>Counter</title>')
    assert.equal(reply.headers.get('cache-control'), 'no-cache')
  }
  assert.equal((await fetch(`${address}/counter/_app/immutable/gone.js`)).status, 404)
  const bare = await fetch(`${address}/counter`, { redirect: 'manual' })
  assert.equal(bare.headers.get('location'), '/counter/')
})

test('a hashed asset is kept for a year and sent compressed when it can be', async () => {
  const reply = await fetch(`${address}/counter/_app/immutable/a.js`, {
    headers: { 'accept-encoding': 'gzip' },
  })
  assert.equal(reply.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(reply.headers.get('content-encoding'), 'gzip')
  assert.equal(await reply.text(), 'let a = 1')
})

test('while the shop is not up, a person gets a page that reloads and a program a problem', async () => {
  const page = await fetch(`${address}/`, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 503)
  assert.equal(page.headers.get('retry-after'), '2')
  assert.match(await page.text(), /http-equiv="refresh"/)
  const problem = await fetch(`${address}/medicines`, { headers: { accept: 'application/json' } })
  assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(((await problem.json()) as { code: string }).code, 'unavailable')
})
