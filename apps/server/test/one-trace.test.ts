import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { openLog } from '#kernel/log'
import { syncSubscriptions } from '#kernel/migrate'
import { MetricRegistry } from '#kernel/metrics'
import { startExport } from '#kernel/telemetry-export'
import { openWorker } from '#kernel/worker'
import { openPageSpans } from '../../shop/src/lib/server/page-spans.ts'
import { traceparentOf } from '../../shop/src/lib/server/traceparent.ts'
import { compose, subscriptionsOf } from '../src/compose.ts'
import { placeSampleOrder, sampleAddress } from './orders-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

interface Sent {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

/** A collector of our own, because the real one is another company's program; it keeps what it was sent. */
const bodies: string[] = []
const collector = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  if (request.url === '/v1/traces') bodies.push(body)
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})
let web: TestWeb
before(async () => {
  web = await testWeb({ sample: true })
  await syncSubscriptions(web.own.ownerUrl, subscriptionsOf(compose(web.surroundings)))
  await new Promise<void>(resolve => collector.listen(0, '127.0.0.1', resolve))
})
after(async () => {
  await web.close()
  collector.close()
})

const sentSpans = (): Sent[] =>
  bodies
    .flatMap(body => JSON.parse(body).resourceSpans)
    .flatMap(({ resource, scopeSpans }) => {
      const named = resource.attributes.find((one: { key: string }) => one.key === 'service.name')
      const service: string = named.value.stringValue
      return scopeSpans.flatMap((one: { spans: object[] }) =>
        one.spans.map(span => ({ ...span, service })),
      )
    })

test('one order is one trace: the shop’s page, the API’s request, its statements, the jobs and theirs', async () => {
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const shop = openPageSpans({ endpoint, ratio: 1 })
  const server = startExport({
    endpoint,
    service: 'web',
    version: '1',
    instance: 'one',
    traceRatio: 1,
    metrics: new MetricRegistry(),
  })
  const customer = await new Browser(web.app).signIn(mobileOf.customer)
  const page = shop.start('POST', traceparentOf(null))
  await placeSampleOrder(carrying(customer, page.traceparent))
  page.end({ method: 'POST', route: '/checkout', status: 303 })
  await workOff()
  await Promise.all([shop.stop(), server.stop()])

  const [, traceId] = page.traceparent.split('-')
  const spans = sentSpans().filter(one => one.traceId === traceId)
  const under = (parent: Sent) => spans.filter(one => one.parentSpanId === parent.spanId)
  const pageSpan = spans.find(one => one.service === 'janta-shop')
  assert.equal(pageSpan?.name, 'POST /checkout')
  const request = under(pageSpan!).find(one => one.name === 'POST /api/v1/orders')
  assert.ok(request, spans.map(one => `${one.service} ${one.name}`).join(', '))
  assert.ok(under(request).some(one => ['insert', 'update', 'select', 'with'].includes(one.name)))
  const jobs = under(request).filter(one => one.name.startsWith('job '))
  assert.ok(jobs.length > 0, 'no job hangs under the request that caused it')
  assert.ok(
    jobs.some(job => under(job).length > 0),
    'no statement hangs under its job',
  )
  const said = bodies.join('')
  const { recipientName, line1, mobile } = sampleAddress
  for (const personal of [recipientName, line1, mobile, mobileOf.customer]) {
    assert.ok(!said.includes(personal), 'a span told something of a person')
  }
})

/** The same browser, whose requests come from the shop's page. */
function carrying(customer: Browser, traceparent: string): Browser {
  const inject = web.app.inject.bind(web.app)
  web.app.inject = ((options: InjectOptions) => {
    const headers = { ...options.headers, traceparent }
    return inject({ ...options, headers })
  }) as FastifyInstance['inject']
  return customer
}

/** A worker that takes what the order caused, and leaves. */
async function workOff(): Promise<void> {
  const { pool } = web.own.database
  const runner = await openWorker({
    database: web.own.database,
    log: openLog({ level: 'silent', service: 'test' }),
    subscribers: compose(web.surroundings).flatMap(one => one.subscribers ?? []),
    recurring: [],
    concurrency: 2,
  })
  for (let tries = 1; tries <= 600; tries++) {
    const { rows } = await pool.query<{ left: number }>(
      'select count(*)::integer as left from graphile_worker._private_jobs where attempts = 0 or locked_at is not null',
    )
    if (rows[0]?.left === 0) break
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  await runner.stop()
}
