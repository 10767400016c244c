import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endpoint } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { systemCaller } from '#kernel/caller'
import { openHttp } from '#kernel/http'
import { openLog } from '#kernel/log'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'

const echo = endpoint({
  method: 'POST',
  path: '/echo/:id',
  summary: 'Says it back',
  tag: 'test',
  status: 201,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }),
  body: Type.Object({ quantity: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
  reply: Type.Object({ quantity: Type.Integer(), limit: Type.Integer() }),
  refusals: [],
})
const fail = endpoint({ ...echo, path: '/fail/:id' })

let app: FastifyInstance
const lines: string[] = []
let failure: Error = new Error('unset')
before(async () => {
  app = await openHttp({
    log: openLog({ level: 'info', service: 'test' }, { write: line => void lines.push(line) }),
    publicUrl: 'http://localhost:4000',
    counterUrl: 'http://counter.localhost:4000',
    version: '0',
    findCaller: async request => ({
      personId: null,
      roles: [],
      requestId: request.id,
      address: request.ip,
      sessionToken: null,
      cartToken: null,
    }),
    writeAudit: async () => undefined,
  })
  serve(app, echo, async ({ body, query }) => ({
    quantity: body.quantity,
    limit: query.limit ?? 7,
    secret: 'not declared',
  }))
  serve(app, fail, async () => {
    throw failure
  })
  await app.ready()
})
after(() => app.close())

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const send = (path: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: `/api/v1${path}`, payload: payload as object, headers })
const failWith = (error: Error) => {
  failure = error
  return send(`/fail/${id}`, { quantity: 1 })
}

test('a reply holds what is declared and nothing else', async () => {
  const answer = await send(`/echo/${id}?limit=5`, { quantity: 2 })
  assert.equal(answer.statusCode, 201)
  assert.deepEqual(answer.json(), { quantity: 2, limit: 5 })
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.ok(answer.headers['x-request-id'])
})

test('a body is taken at its word: a text is not a number and null is not zero', async () => {
  for (const quantity of ['2', null, 1.5, -1, undefined]) {
    const answer = await send(`/echo/${id}`, { quantity })
    assert.equal(answer.statusCode, 400, String(quantity))
    assert.equal(answer.json().fields[0].field, 'quantity')
  }
  const extra = await send(`/echo/${id}`, { quantity: 1, price: 0 })
  assert.equal(extra.statusCode, 400)
})

test('every malformed thing is a problem with a code and the request id', async () => {
  const answers = [
    await send('/echo/not-a-uuid', { quantity: 1 }),
    await send(`/echo/${id}?limit=99`, { quantity: 1 }),
    await app.inject({
      method: 'POST',
      url: `/api/v1/echo/${id}`,
      payload: '{',
      headers: { 'content-type': 'application/json' },
    }),
    await app.inject({
      method: 'POST',
      url: `/api/v1/echo/${id}`,
      payload: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    await send(`/echo/${id}`, { quantity: 1, padding: 'x'.repeat(300_000) }),
  ]
  for (const answer of answers) {
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, answer.body)
    assert.match(String(answer.headers['content-type']), /application\/problem\+json/)
    assert.equal(answer.json().requestId, answer.headers['x-request-id'])
  }
})

test('a refusal says its sentence, a lost database asks to come back, a bug says nothing of itself', async () => {
  const refused = await failWith(new Refusal('out_of_stock', 'Only 2 left.'))
  assert.deepEqual([refused.statusCode, refused.json().detail], [409, 'Only 2 left.'])
  const gone = await failWith(
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }),
  )
  assert.equal(gone.statusCode, 503)
  assert.equal(gone.headers['retry-after'], '5')
  const bug = await failWith(new Error('Key (mobile)=(+919000000001) already exists'))
  assert.equal(bug.statusCode, 500)
  assert.doesNotMatch(bug.body + lines.join(''), /9000000001/)
})

test('a writing request from another site is refused before it is read', async () => {
  const foreign = await send(
    `/echo/${id}`,
    { quantity: 1 },
    { origin: 'https://elsewhere.example' },
  )
  assert.deepEqual([foreign.statusCode, foreign.json().code], [403, 'cross_site_request'])
  const crossed = await send(`/echo/${id}`, { quantity: 1 }, { 'sec-fetch-site': 'cross-site' })
  assert.equal(crossed.statusCode, 403)
  const own = await send(
    `/echo/${id}`,
    { quantity: 1 },
    { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' },
  )
  assert.equal(own.statusCode, 201)
  const counter = await send(
    `/echo/${id}`,
    { quantity: 1 },
    { origin: 'http://counter.localhost:4000', 'sec-fetch-site': 'same-origin' },
  )
  assert.equal(counter.statusCode, 201)
})

test('behind the CDN a customer is known by her own address, whatever she claims before it', async () => {
  const addressBehind = async (
    isBehindCdn: boolean,
    forwarded: string,
    remoteAddress = '10.20.4.7',
  ) => {
    const app = await openHttp({
      log: openLog({ level: 'silent', service: 'test' }),
      publicUrl: 'http://localhost:4000',
      isBehindCdn,
      version: '0',
      findCaller: async request => ({ ...systemCaller('test'), requestId: request.id }),
      writeAudit: async () => undefined,
    })
    app.get('/address', request => ({ address: request.ip }))
    const headers = { 'x-forwarded-for': forwarded }
    const answer = await app.inject({ url: '/address', remoteAddress, headers })
    await app.close()
    return answer.json().address
  }
  assert.equal(await addressBehind(true, '203.0.113.9, 64.252.0.1'), '203.0.113.9')
  assert.equal(await addressBehind(true, '192.0.2.1, 203.0.113.9, 64.252.0.1'), '203.0.113.9')
  // Who comes past the load balancer is taken for what it is.
  assert.equal(await addressBehind(true, '203.0.113.9, 64.252.0.1', '198.51.100.4'), '198.51.100.4')
  assert.equal(await addressBehind(false, '192.0.2.1, 203.0.113.9'), '203.0.113.9')
})

test('a log line carries the pattern of an address, never what was in it', async () => {
  await send(`/echo/${id}?limit=5`, { quantity: 2 })
  const said = lines.join('')
  assert.match(said, /"route":"\/api\/v1\/echo\/:id"/)
  assert.ok(!said.includes(id))
})
