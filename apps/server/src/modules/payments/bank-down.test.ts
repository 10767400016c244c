import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type PayBed, payBed } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { openBreaker } from './breaker.ts'
import { GatewayAway, GatewayRefused } from './gateway.ts'
import { openRazorpay } from './razorpay.ts'

// The bank is slow, down, or answers 500 after doing it: nobody waits long, nothing is asked twice, and it heals itself.

let bed: PayBed
before(async () => {
  bed = await payBed()
})
after(() => bed.close())

const away = () => Promise.reject(new GatewayAway('test'))
const longRestMs = 60_000
const gatewayWith = (more: { answerMs?: number; restMs?: number }) =>
  openRazorpay({ ...bed.surroundings.config.gateway!, ...more })

test('after five failures in a row nobody asks, until one may try', async () => {
  let asked = 0
  const ask = async () => {
    asked++
    return 'well'
  }
  const resting = openBreaker({ restMs: longRestMs })
  for (let failure = 0; failure < 5; failure++) {
    await assert.rejects(resting.through(away), GatewayAway)
  }
  await assert.rejects(resting.through(ask), GatewayAway)
  assert.equal(asked, 0)
  const rested = openBreaker({ restMs: 0 })
  for (let failure = 0; failure < 5; failure++) {
    await assert.rejects(rested.through(away), GatewayAway)
  }
  assert.equal(await rested.through(ask), 'well')
  assert.equal(await rested.through(ask), 'well')
  assert.equal(asked, 2)
})

test('a no is an answer: it never opens the breaker', async () => {
  const breaker = openBreaker({ restMs: longRestMs })
  for (let turn = 0; turn < 10; turn++) {
    await assert.rejects(
      breaker.through(() => Promise.reject(new GatewayRefused(400, 'NO'))),
      GatewayRefused,
    )
  }
  assert.equal(await breaker.through(async () => 'well'), 'well')
})

test('while the bank is down the customer is told so, with cash as another way, and later she pays as if nothing was', async () => {
  const gateway = gatewayWith({ restMs: longRestMs })
  const order = await bed.unpaid()
  bed.gateway.faults.plan('any', 'before', 100)
  for (let turn = 0; turn < 4; turn++) {
    await assert.rejects(beginPayment(bed.database, gateway, order.caller, order.orderId), {
      code: 'payment_unavailable',
      message: /cash on delivery/,
    })
  }
  bed.gateway.faults.clear()
  // Still resting: the bank is not asked.
  await assert.rejects(beginPayment(bed.database, gateway, order.caller, order.orderId), {
    code: 'payment_unavailable',
  })
  const healed = gatewayWith({})
  const { gatewayOrderId } = await beginPayment(bed.database, healed, order.caller, order.orderId)
  assert.match(gatewayOrderId, /^order_/)
})

test('a bank that does the work and answers 500, or does not answer in time, has one order all the same', async () => {
  for (const fault of ['after', 'hang'] as const) {
    const gateway = gatewayWith({ answerMs: 400, restMs: 0 })
    const order = await bed.unpaid()
    bed.gateway.faults.plan('create_order', fault)
    await assert.rejects(beginPayment(bed.database, gateway, order.caller, order.orderId), {
      code: 'payment_unavailable',
    })
    const first = await beginPayment(bed.database, gateway, order.caller, order.orderId)
    const again = await beginPayment(bed.database, gateway, order.caller, order.orderId)
    assert.equal(again.gatewayOrderId, first.gatewayOrderId)
    const { rows } = await sql<{ asked: boolean }>`
      select gateway_asked_at is not null as asked from payments.intent
      where id = ${order.intentId}`.execute(bed.database.db)
    assert.deepEqual(rows, [{ asked: true }])
  }
})
