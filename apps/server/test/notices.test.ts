import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, type OrderNotice } from '@janta/contracts'
import { sql } from 'kysely'
import { loadConfig } from '#kernel/config'
import type { Event } from '#kernel/events'
import { notices } from '#modules/notices'
import { placeSampleOrder } from './orders-for-tests.ts'
import { approve, orderOnPrescription, picksFor } from './rx-orders-for-tests.ts'
import { smsProvider, type SmsProvider, templateIds } from './sms-provider-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// Customers are told at each step, once, in their language, without a word about what is in the bag.

let web: TestWeb
let provider: SmsProvider
let pharmacist: Browser
before(async () => {
  provider = await smsProvider()
  web = await testWeb({ sample: true, env: provider.env })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  await pharmacist.send(api.startDuty, { body: { hours: 8 } })
})
after(async () => {
  await web.close()
  await provider.close()
})

/** Does what the worker does with every event of an order that notices hears, oldest first; twice, as a job may be. */
async function hear(orderId: string): Promise<void> {
  const subscribers = notices(web.surroundings).subscribers ?? []
  const heard = subscribers.map(one => one.event).filter(name => !name.startsWith('notices.'))
  const { rows: events } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = any(${heard}::text[]) and payload ->> 'orderId' = ${orderId} order by id`.execute(
    web.own.database.db,
  )
  for (const event of [...events, ...events]) {
    for (const one of subscribers)
      if (one.event === event.name) await one.run(web.own.database, event)
  }
}

/** Runs the jobs that send what was written for an order and is still waiting. */
async function send(orderId: string): Promise<void> {
  const { rows: events } = await sql<Event>`
    select event.id, event.name, event.payload from kernel.event
    join notices.notice on notice.id = (payload ->> 'noticeId')::uuid
    where name = 'notices.notice_written' and order_id = ${orderId} order by event.id`.execute(
    web.own.database.db,
  )
  const sending = notices(web.surroundings).subscribers!.find(
    one => one.event === 'notices.notice_written',
  )!
  for (const event of events) await sending.run(web.own.database, event)
}

let mobiles = 9000000950

async function everydayOrder() {
  const customer = await new Browser(web.app).signIn(String(mobiles++))
  return { customer, order: await placeSampleOrder(customer) }
}

async function told(browser: Browser, id: string): Promise<OrderNotice[]> {
  const answer = await browser.send(api.listMyOrderNotices, { params: { id } })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json().items
}

test('she is told when it is checked, confirmed and packed, each once, and sees it on her order', async () => {
  const order = await orderOnPrescription(web)
  await hear(order.id)
  await approve(web, pharmacist, order)
  await hear(order.id)
  const picks = await picksFor(pharmacist, order.id)
  const packed = await pharmacist.send(api.packOrder, { params: { id: order.id }, body: { picks } })
  assert.equal(packed.statusCode, 201, packed.body)
  await hear(order.id)
  const items = await told(order.browser, order.id)
  assert.deepEqual(
    items.map(one => one.occasion),
    ['packed', 'confirmed', 'checking'],
  )
  await send(order.id)
  await send(order.id)
  const sent = provider.delivered.filter(({ reference }) => items.some(one => one.id === reference))
  assert.deepEqual(sent.map(one => one.text).toSorted(), items.map(one => one.text).toSorted())
  assert.equal(new Set(sent.map(one => one.to)).size, 1)
  const atCounter = await pharmacist.send(api.listOrderNotices, { params: { id: order.id } })
  assert.deepEqual(
    (atCounter.json().items as OrderNotice[]).map(one => one.state),
    ['sent', 'sent', 'sent'],
  )
})

test('a lost answer sends nothing twice, and a provider’s no is written down', async () => {
  const { order, customer } = await everydayOrder()
  await hear(order.id)
  const before = provider.delivered.length
  provider.trouble.push('lost')
  await assert.rejects(send(order.id), /status 504/)
  await send(order.id)
  assert.equal(provider.delivered.length, before + 1)
  assert.deepEqual(
    (await told(customer, order.id)).map(one => [one.occasion, one.state]),
    [['confirmed', 'sent']],
  )
  await sql`update notices.notice set state = 'waiting', sent_at = null, provider_note = null
    where order_id = ${order.id}`.execute(web.own.database.db)
  provider.trouble.push('away')
  await assert.rejects(send(order.id), /status 503/)
  provider.trouble.push('refused')
  await send(order.id)
  assert.equal((await told(customer, order.id))[0]?.state, 'refused')
})

test('what could not be sent for half a day is not sent any more, and still stands on the order', async () => {
  const { order, customer } = await everydayOrder()
  await hear(order.id)
  const before = provider.delivered.length
  await web.own.moveClock('13 hours')
  await send(order.id)
  assert.equal(provider.delivered.length, before)
  assert.equal((await told(customer, order.id))[0]?.state, 'late')
  await web.own.moveClock('0 hours')
})

test('without a provider nothing waits to be sent, and the order shows what she was told', async () => {
  const { order, customer } = await everydayOrder()
  const alone = { ...web.surroundings, config: { ...web.surroundings.config, sms: undefined } }
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = 'ordering.order_placed' and payload ->> 'orderId' = ${order.id}`.execute(
    web.own.database.db,
  )
  const task = notices(alone).subscribers!.find(one => one.event === 'ordering.order_placed')!
  await task.run(web.own.database, rows[0]!)
  assert.equal((await told(customer, order.id))[0]?.state, 'shown')
})

test('SMS settings come whole or not at all, with a template for each text', () => {
  const base = {
    JANTA_MODE: 'test',
    PUBLIC_URL: 'http://localhost',
    DATABASE_URL: 'postgres://a@b/c',
    S3_BUCKET: 'b',
    SECRET_KEY: 'x'.repeat(32),
  }
  assert.equal(loadConfig(base).sms, undefined)
  assert.deepEqual(loadConfig({ ...base, ...provider.env }).sms?.templateIds, templateIds)
  assert.throws(() => loadConfig({ ...base, SMS_URL: 'https://sms' }), /SMS_KEY is missing/)
  const { 'recalled.hi': _, ...lacking } = templateIds
  assert.throws(
    () => loadConfig({ ...base, ...provider.env, SMS_TEMPLATE_IDS: JSON.stringify(lacking) }),
    /SMS_TEMPLATE_IDS has no recalled.hi/,
  )
  assert.throws(
    () => loadConfig({ ...base, ...provider.env, SMS_HEADER: 'janta' }),
    /six capital letters/,
  )
})
