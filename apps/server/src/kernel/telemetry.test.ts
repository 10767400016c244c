import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { endpoint } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { systemCaller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { openHttp } from '#kernel/http'
import { openLog } from '#kernel/log'
import { MetricRegistry } from '#kernel/metrics'
import { currentScope } from '#kernel/scope'
import { serve } from '#kernel/serve'
import { inJobScope, traceparentNow } from '#kernel/telemetry'
import { startExport } from '#kernel/telemetry-export'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'

interface SentSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  status: { code?: number }
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

/** A collector of our own, because the real one is another company's program; it keeps what it was sent. */
const received: { path: string; body: string }[] = []
let collector: Server
let own: TestDatabase
let app: FastifyInstance
let seen: { inHandler: string | null; spent: number } = { inHandler: null, spent: 0 }
const medicine = '01890a5d-ac96-774b-bcce-b302099a8057'
const shopTrace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

before(async () => {
  collector = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    received.push({ path: request.url ?? '', body })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => collector.once('listening', resolve))
  own = await testDatabase()
  app = await openHttp({
    log: openLog({ level: 'silent', service: 'test' }),
    publicUrl: 'http://localhost:4000',
    version: '0',
    findCaller: async request => ({ ...systemCaller('test'), requestId: request.id }),
    writeAudit: async () => undefined,
  })
  serve(app, tried, async ({ body }) => {
    await sql`select ${body.mobile}::text as mobile`.execute(own.database.reads)
    await inTransaction(own.database, systemCaller('test'), tx =>
      emit(tx, systemCaller('test'), 'test.tried', { id: medicine }),
    )
    seen = { inHandler: traceparentNow(), spent: currentScope()?.spent.database ?? 0 }
    return { done: true }
  })
  await app.ready()
})
after(async () => {
  await app.close()
  await own.close()
  collector.close()
})

const tried = endpoint({
  method: 'POST',
  path: '/tried/:id',
  summary: 'Tries it',
  tag: 'test',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ mobile: Type.String() }),
  reply: Type.Object({ done: Type.Boolean() }),
  refusals: [],
})

const address = () => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
const open = (registry = new MetricRegistry(), traceRatio = 1) =>
  startExport({
    endpoint: address(),
    service: 'web',
    version: '1',
    instance: 'i',
    traceRatio,
    metrics: registry,
  })
const request = () =>
  app.inject({
    method: 'POST',
    url: `/api/v1/tried/${medicine}?q=asthma`,
    headers: { traceparent: shopTrace },
    payload: { mobile: '+919000000001' },
  })
const sentSpans = (): SentSpan[] =>
  received
    .filter(one => one.path === '/v1/traces')
    .flatMap(one => JSON.parse(one.body).resourceSpans)
    .flatMap(one => one.scopeSpans)
    .flatMap(one => one.spans)

test('nobody listens: no span is made, nothing is sent, the times are still counted', async () => {
  assert.equal((await request()).statusCode, 200)
  assert.equal(seen.inHandler, null)
  assert.ok(seen.spent > 0, 'the handler’s database time was not counted')
  assert.equal(received.length, 0)
})

test('a request of the shop, its statements, its event and the job are one trace', async () => {
  await own.database.pool.query('select 1')
  const { syncSubscriptions } = await import('#kernel/migrate')
  await syncSubscriptions(own.ownerUrl, [{ event: 'test.tried', task: 'test.react' }])
  const exporting = open()
  await request()
  const { rows } = await own.database.pool.query(
    `select payload from graphile_worker._private_jobs order by id desc limit 1`,
  )
  const { trace } = rows[0].payload
  await inJobScope('test.react', trace, async () => {
    await sql`select 2`.execute(own.database.reads)
  })
  await exporting.stop()
  const spans = sentSpans()
  const named = (name: string) => spans.find(span => span.name === name)
  const server = named('POST /api/v1/tried/:id')
  assert.ok(server, spans.map(span => span.name).join(', '))
  assert.equal(server.parentSpanId, '00f067aa0ba902b7')
  assert.ok(
    spans.length >= 6 && spans.every(span => span.traceId === '4bf92f3577b34da6a3ce929d0e0e4736'),
  )
  const job = named('job test.react')
  assert.equal(job?.parentSpanId, server.spanId)
  const inJob = spans.find(span => span.parentSpanId === job?.spanId)
  assert.equal(inJob?.name, 'select')
})

test('a span holds patterns and statement texts, never a value of anybody', () => {
  const said = received.map(one => one.body).join('')
  assert.match(said, /select \$1::text as mobile/)
  for (const secret of ['9000000001', medicine, 'asthma']) {
    assert.ok(!said.includes(secret), `the collector was told ${secret}`)
  }
})

test('metrics go to the same collector with their unit and meaning', async () => {
  const registry = new MetricRegistry()
  const placed = registry.counter({
    name: 'test.placed',
    unit: 'count',
    meaning: 'Orders placed',
    labels: ['cash'],
  })
  const exporting = open(registry)
  placed.add(3, 'cash')
  await exporting.stop()
  const sent = received
    .filter(one => one.path === '/v1/metrics')
    .map(one => one.body)
    .join('')
  assert.match(sent, /janta\.test\.placed/)
  assert.match(sent, /Orders placed/)
})

test('a failing job is a span in error with the code of its fault and without its message', async () => {
  received.length = 0
  const exporting = open()
  const fault = Object.assign(new Error('Key (mobile)=(+919000000001) already exists'), {
    code: '23505',
  })
  await assert.rejects(
    inJobScope('test.fail', undefined, async () => {
      throw fault
    }),
  )
  await exporting.stop()
  const [span] = sentSpans()
  assert.equal(span?.status.code, 2)
  assert.deepEqual(span?.attributes.find(one => one.key === 'error.type')?.value, {
    stringValue: '23505',
  })
  assert.ok(
    !received
      .map(one => one.body)
      .join('')
      .includes('9000000001'),
  )
})

test('a stranger’s “sampled” header does not make us record: the trace’s id decides', async () => {
  received.length = 0
  const exporting = open(new MetricRegistry(), 0)
  await request()
  await exporting.stop()
  assert.deepEqual(sentSpans(), [])
})

test('a malformed traceparent begins a trace of its own', async () => {
  received.length = 0
  const exporting = open()
  await app.inject({
    method: 'POST',
    url: `/api/v1/tried/${medicine}`,
    headers: { traceparent: 'x'.repeat(500) },
    payload: { mobile: '1' },
  })
  await exporting.stop()
  const server = sentSpans().find(span => span.name.startsWith('POST'))
  assert.ok(server && !server.parentSpanId)
})

test('a collector that is away neither fails a request nor keeps the process', async () => {
  const exporting = startExport({
    endpoint: 'http://127.0.0.1:9',
    service: 'web',
    version: '1',
    instance: 'i',
    traceRatio: 1,
    metrics: new MetricRegistry(),
  })
  assert.equal((await request()).statusCode, 200)
  await exporting.stop()
})
