import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, urlOf } from '@janta/contracts'
import { sql } from 'kysely'
import { metrics } from '#kernel/metrics'
import { type PayBed, payBed } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { findIntents } from './find-intents.ts'
import { forgetWebhooks } from './forget-webhooks.ts'
import type { Gateway } from './gateway.ts'
import { openRazorpay } from './razorpay.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const paidAtBank = async () => {
  const unpaid = await bed.unpaid()
  const { database } = bed
  const { gatewayOrderId } = await beginPayment(database, gateway, unpaid.caller, unpaid.orderId)
  const { payment, signature } = bed.gateway.bank.act(gatewayOrderId, 'approve')
  const captured = bed.gateway.webhooks.sent.findLast(one => one.event === 'payment.captured')!
  return { unpaid, payment, signature: signature!, captured }
}
const stateOf = async (orderId: string) =>
  (await findIntents(bed.database.db, [orderId])).get(orderId)?.state
const kept = async () =>
  (
    await sql<{ all: number }>`select count(*)::integer as all from payments.webhook`.execute(
      bed.database.db,
    )
  ).rows[0]!.all

test('a webhook with a wrong signature, or changed by one byte, is refused and not kept', async () => {
  const { unpaid, captured } = await paidAtBank()
  const before = await kept()
  metrics.take()
  const bigger = captured.body.replace(/"amount":\d+/, '"amount":1')
  assert.notEqual(bigger, captured.body)
  for (const forged of [
    { signature: 'f'.repeat(64) },
    { signature: '' },
    { body: bigger },
    { body: `${captured.body} ` },
    { body: '' },
  ]) {
    const answer = await bed.deliver(captured, forged)
    assert.equal(answer.statusCode, 422)
    assert.equal(answer.json().code, 'payment_not_verified')
  }
  await bed.work()
  assert.equal(await kept(), before)
  assert.equal(await stateOf(unpaid.orderId), 'created')
  const failed = metrics.take().filter(one => one.name === 'payments.failures')
  assert.deepEqual(
    failed.map(({ label, total }) => [label, total]),
    [['webhook', 5]],
  )
})

test('the key’s secret does not sign webhooks', async () => {
  const { captured, signature } = await paidAtBank()
  assert.equal((await bed.deliver(captured, { signature })).statusCode, 422)
})

test('a webhook is kept once, under the same id or with the same body under another', async () => {
  const { unpaid, captured } = await paidAtBank()
  const before = await kept()
  for (const id of [captured.id, captured.id, captured.id, 'evt_other', 'evt_third']) {
    assert.equal((await bed.deliver(captured, { id })).statusCode, 200)
  }
  assert.equal(await kept(), before + 1)
  await bed.work()
  assert.equal(await stateOf(unpaid.orderId), 'captured')
})

test('a webhook a day old is not believed: the gateway itself is asked', async () => {
  const { unpaid, captured } = await paidAtBank()
  const old = JSON.parse(captured.body)
  old.created_at -= 26 * 3_600
  // What it claims is not what happened; only its hint is followed.
  old.payload.payment.entity.amount = 100
  const body = JSON.stringify(old)
  const signature = bed.gateway.webhooks.sign(body)
  assert.equal((await bed.deliver(captured, { id: 'evt_old', body, signature })).statusCode, 200)
  await bed.work()
  const found = (await findIntents(bed.database.db, [unpaid.orderId])).get(unpaid.orderId)!
  assert.deepEqual([found.state, found.capturedPaise], ['captured', unpaid.amountPaise])
})

test('a webhook worked on three months ago is forgotten, what it said stays, and an unworked one waits', async () => {
  const { unpaid, captured } = await paidAtBank()
  await bed.deliver(captured)
  await bed.work()
  assert.equal(await stateOf(unpaid.orderId), 'captured')
  assert.equal(await forgetWebhooks(bed.database), 0)
  const waiting = await paidAtBank()
  await bed.deliver(waiting.captured)
  await sql`update payments.webhook set worked_at = kernel.now() - interval '91 days'
    where worked_at is not null`.execute(bed.database.db)
  assert.ok((await forgetWebhooks(bed.database)) >= 1)
  assert.equal(await kept(), 1)
  await bed.work()
  assert.equal(await stateOf(unpaid.orderId), 'captured')
  assert.equal(await stateOf(waiting.unpaid.orderId), 'captured')
})

test('well-signed nonsense is refused, and events that do not concern us are taken quietly', async () => {
  const { captured } = await paidAtBank()
  const send = (value: unknown) => {
    const body = typeof value === 'string' ? value : JSON.stringify(value)
    const signature = bed.gateway.webhooks.sign(body)
    return bed.deliver(captured, { id: `evt_${body.length}`, body, signature })
  }
  const at = Math.floor(Date.now() / 1_000)
  for (const nonsense of [
    'not json',
    '[]',
    {},
    { event: 'payment.captured', created_at: 'now', payload: {} },
    {
      event: 'payment.captured',
      created_at: at,
      payload: { payment: { entity: { order_id: 'o', status: 'captured', amount: 1.5 } } },
    },
    { event: 'refund.processed', created_at: at, payload: {} },
  ]) {
    assert.equal((await send(nonsense)).statusCode, 400, JSON.stringify(nonsense))
  }
  for (const foreign of [
    { event: 'payment.dispute.created', created_at: at, payload: {} },
    { event: 'payment.captured', created_at: at, payload: { payment: { entity: { id: 'p' } } } },
  ]) {
    assert.equal((await send(foreign)).statusCode, 200)
  }
  await bed.work()
})

test('a payment of somebody else’s order at the gateway is not ours to take', async () => {
  const { captured } = await paidAtBank()
  const other = JSON.parse(captured.body)
  other.payload.payment.entity.order_id = 'order_of_another_shop'
  other.payload.payment.entity.id = 'pay_of_another_shop'
  const body = JSON.stringify(other)
  await bed.deliver(captured, { id: 'evt_x', body, signature: bed.gateway.webhooks.sign(body) })
  await bed.work()
  const { rows } = await sql`
    select id from payments.payment where id = 'pay_of_another_shop'`.execute(bed.database.db)
  assert.deepEqual(rows, [])
})

test('nothing of the customer that a webhook carries is kept or logged', async () => {
  const { captured } = await paidAtBank()
  const particulars = ['somebody@example.com', '+919000000001', 'somebody@examplebank']
  for (const one of particulars) assert.ok(captured.body.includes(one))
  await bed.deliver(captured)
  await bed.work()
  const { rows } = await sql<{ text: string }>`
    select (select string_agg(webhook::text, ' ') from payments.webhook)
      || (select string_agg(payment::text, ' ') from payments.payment)
      || (select string_agg(event::text, ' ') from kernel.event) as text`.execute(bed.database.db)
  for (const one of particulars) {
    assert.ok(!rows[0]!.text.includes(one), 'the database holds it')
    assert.ok(!bed.web.logged().includes(one), 'the log holds it')
  }
})

test('the browser comes back without scripts, from another site, and is sent to its order', async () => {
  const { unpaid, payment, signature } = await paidAtBank()
  const comeBack = (fields: Record<string, string>) =>
    bed.web.app.inject({
      method: 'POST',
      url: `/api/v1/payments/${unpaid.intentId}/return`,
      headers: {
        origin: 'https://api.razorpay.com',
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(fields).toString(),
    })
  const page = `http://localhost:4000/orders/${unpaid.orderId}`
  const failed = await comeBack({ 'error[code]': 'BAD_REQUEST_ERROR' })
  assert.deepEqual([failed.statusCode, failed.headers.location], [303, `${page}?payment=not_made`])
  const forged = await comeBack({
    razorpay_payment_id: payment.id,
    razorpay_signature: 'a'.repeat(64),
  })
  assert.equal(forged.headers.location, `${page}?payment=not_verified`)
  assert.equal(await stateOf(unpaid.orderId), 'created')
  const good = await comeBack({
    razorpay_payment_id: payment.id,
    // The order it posts back is not asked for.
    razorpay_order_id: 'order_cheaper',
    razorpay_signature: signature,
  })
  assert.deepEqual([good.statusCode, good.headers.location], [303, page])
  assert.equal(await stateOf(unpaid.orderId), 'captured')
})

test('any other endpoint still refuses what another site posts', async () => {
  const answer = await bed.web.app.inject({
    method: 'POST',
    url: urlOf(api.requestSignInCode, {}, ''),
    headers: { origin: 'https://api.razorpay.com' },
    payload: { mobile: '9000000055' },
  })
  assert.deepEqual([answer.statusCode, answer.json().code], [403, 'cross_site_request'])
})
