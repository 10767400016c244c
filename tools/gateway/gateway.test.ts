import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type LocalGateway, startLocalGateway } from './index.ts'

const keys = { keyId: 'rzp_test', keySecret: 'the key secret', webhookSecret: 'the hook secret' }
let gateway: LocalGateway
before(async () => {
  gateway = await startLocalGateway({ port: 0, ...keys })
})
after(() => gateway.stop())

const basic = (secret: string) =>
  `Basic ${Buffer.from(`${keys.keyId}:${secret}`).toString('base64')}`
const call = async (
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
) => {
  const answer = await fetch(`${gateway.url}${path}`, {
    method,
    headers: {
      authorization: basic(keys.keySecret),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, never> & { id: string },
  }
}
let receipts = 0
const order = async (amount = 45_000) => {
  const made = await call('POST', '/orders', { amount, currency: 'INR', receipt: `r${++receipts}` })
  assert.equal(made.status, 200)
  return made.body.id
}

test('without the right key nothing is told', async () => {
  for (const authorization of ['', basic('another secret'), 'Basic x']) {
    assert.equal((await call('GET', '/orders', undefined, { authorization })).status, 401)
  }
})

test('an order needs whole paise, at least a rupee, INR, a short receipt of its own and no fields of its own making', async () => {
  const good = { amount: 100, currency: 'INR', receipt: 'one' }
  assert.equal((await call('POST', '/orders', good)).status, 200)
  for (const bad of [
    good,
    { ...good, receipt: 'two', amount: 99 },
    { ...good, receipt: 'two', amount: 100.5 },
    { ...good, receipt: 'two', amount: '100' },
    { ...good, receipt: 'two', currency: 'USD' },
    { ...good, receipt: 'x'.repeat(41) },
    { ...good, receipt: 'two', colour: 'blue' },
    {
      ...good,
      receipt: 'two',
      notes: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [n, 'x'])),
    },
  ]) {
    assert.equal((await call('POST', '/orders', bad)).status, 400, JSON.stringify(bad))
  }
})

test('a payment is captured once, whole and only after it was authorised', async () => {
  const { payment } = gateway.bank.act(await order(), 'authorise')
  const capture = (amount: number) =>
    call('POST', `/payments/${payment.id}/capture`, { amount, currency: 'INR' })
  assert.equal((await capture(44_999)).status, 400)
  assert.equal((await capture(45_000)).status, 200)
  assert.equal((await capture(45_000)).status, 400)
  const failed = gateway.bank.act(await order(), 'fail').payment
  assert.equal(
    (await call('POST', `/payments/${failed.id}/capture`, { amount: 45_000, currency: 'INR' }))
      .status,
    400,
  )
})

test('refunds are idempotent by key, differ by body, and never exceed the payment', async () => {
  const { payment } = gateway.bank.act(await order(), 'approve')
  const refund = (amount: number, key: string) =>
    call(
      'POST',
      `/payments/${payment.id}/refund`,
      { amount, receipt: key },
      { 'x-refund-idempotency': key },
    )
  const first = await refund(20_000, 'refund-key-1')
  assert.equal((await refund(20_000, 'refund-key-1')).body.id, first.body.id)
  assert.equal((await refund(20_001, 'refund-key-1')).status, 400)
  assert.equal((await refund(20_000, 'short')).status, 400)
  assert.equal((await refund(25_001, 'refund-key-2')).status, 400)
  assert.equal((await refund(25_000, 'refund-key-2')).status, 200)
  assert.equal(gateway.ledger.payment(payment.id).status, 'refunded')
})

test('a planned fault answers 500 before or after the act, and only as often as planned', async () => {
  const { payment } = gateway.bank.act(await order(), 'authorise')
  const path = `/payments/${payment.id}/capture`
  gateway.faults.plan('capture', 'before')
  assert.equal((await call('POST', path, { amount: 45_000, currency: 'INR' })).status, 500)
  assert.equal(gateway.ledger.payment(payment.id).captured, false)
  gateway.faults.plan('capture', 'after')
  assert.equal((await call('POST', path, { amount: 45_000, currency: 'INR' })).status, 500)
  assert.equal(gateway.ledger.payment(payment.id).captured, true)
})

test('webhooks come signed, twice, late in line or not at all, and stop when nobody takes them', async () => {
  const got: { event: string; isSigned: boolean; id: string }[] = []
  let status = 200
  const shop = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const expected = createHmac('sha256', keys.webhookSecret).update(body).digest('hex')
      got.push({
        event: JSON.parse(String(body)).event,
        isSigned: request.headers['x-razorpay-signature'] === expected,
        id: String(request.headers['x-razorpay-event-id']),
      })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(done => shop.listen(0, '127.0.0.1', done))
  const { port } = shop.address() as { port: number }
  const own = await startLocalGateway({
    port: 0,
    ...keys,
    webhookUrl: `http://127.0.0.1:${port}/`,
    retryMs: [1, 1, 1],
  })
  const pay = (receipt: string) =>
    own.bank.act(own.ledger.createOrder({ amount: 100, currency: 'INR', receipt }).id, 'authorise')
  const until = async (count: number) => {
    while (got.length < count) await new Promise(resolve => setTimeout(resolve, 5))
  }
  own.webhooks.mode = 'twice'
  pay('a')
  await until(2)
  assert.deepEqual(
    got.map(one => one.isSigned),
    [true, true],
  )
  assert.equal(new Set(got.map(one => one.id)).size, 1)
  own.webhooks.mode = 'forged'
  pay('b')
  await until(3)
  assert.equal(got[2]!.isSigned, false)
  own.webhooks.mode = 'lost'
  pay('c')
  own.webhooks.mode = 'reordered'
  own.bank.act(own.ledger.createOrder({ amount: 100, currency: 'INR', receipt: 'd' }).id, 'approve')
  await until(6)
  assert.deepEqual(
    got
      .slice(3)
      .map(one => one.event)
      .toSorted(),
    ['order.paid', 'payment.authorized', 'payment.captured'],
  )
  status = 500
  own.webhooks.mode = 'on'
  for (let n = 0; n < 6; n++) pay(`e${n}`)
  while (!own.webhooks.isDisabled) await new Promise(resolve => setTimeout(resolve, 5))
  await own.stop()
  shop.closeAllConnections()
  await new Promise(done => shop.close(done))
})

test('a person pays on the page without scripts: the form shows the order’s own amount and comes back signed', async () => {
  const id = await order(12_345)
  const post = (path: string, fields: Record<string, string>) =>
    fetch(new URL(path, gateway.url), {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
  const asked = { key_id: keys.keyId, order_id: id, callback_url: 'http://shop/back?a=1&b="2"' }
  assert.equal((await post('/v1/checkout/embedded', { ...asked, amount: '1' })).status, 400)
  const page = await (await post('/v1/checkout/embedded', { ...asked, amount: '12345' })).text()
  assert.match(page, /₹123\.45/)
  assert.match(page, /Approve <span lang="hi">भुगतान मंज़ूर करें</)
  assert.ok(page.includes('http://shop/back?a=1&#38;b=&#34;2&#34;'))
  const back = await (await post(`/bank/orders/${id}`, { ...asked, act: 'approve' })).text()
  const payment = gateway.ledger.payments.find(one => one.order_id === id)!
  assert.ok(back.includes(gateway.bank.signatureOf(payment)))
  const closed = await post(`/bank/orders/${id}`, {
    act: 'close',
    cancel_url: 'http://shop/orders',
  })
  assert.deepEqual([closed.status, closed.headers.get('location')], [303, 'http://shop/orders'])
})

test('the books are kept over a restart when a file is given', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'janta-gateway-'))
  const file = path.join(folder, 'gateway.json')
  const first = await startLocalGateway({ port: 0, ...keys, file })
  const { id } = first.ledger.createOrder({ amount: 500, currency: 'INR', receipt: 'kept' })
  await first.stop()
  const second = await startLocalGateway({ port: 0, ...keys, file })
  assert.equal(second.ledger.order(id).amount, 500)
  await second.stop()
  rmSync(folder, { recursive: true })
})
