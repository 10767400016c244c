import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#kernel/transaction'
import { type PayBed, payBed, type Unpaid } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { closeIntent } from './close-intent.ts'
import { expireIntents } from './expire-intents.ts'
import { findIntents } from './find-intents.ts'
import type { Gateway } from './gateway.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { reconcilePayments } from './reconcile-payments.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const begin = async () => {
  const order = await bed.unpaid()
  const { gatewayOrderId } = await beginPayment(bed.database, gateway, order.caller, order.orderId)
  return { ...order, gatewayOrderId }
}
const stateOf = async ({ orderId }: Unpaid) =>
  (await findIntents(bed.database.db, [orderId])).get(orderId)!
const namesOf = async ({ orderId }: Unpaid) => (await bed.news(orderId)).map(one => one.name)

test('money of another amount or currency waits for a person and is nobody’s capture', async () => {
  const other = await begin()
  bed.gateway.bank.act(other.gatewayOrderId, 'approve_other_amount')
  const foreign = await begin()
  const { ledger } = bed.gateway
  ledger.pay(foreign.gatewayOrderId, 'captured', { currency: 'USD' })
  await bed.deliverAll()
  await bed.work()
  await reconcileIntent(bed.database, gateway, foreign.intentId)
  const { rows } = await sql<{ reason: string }>`
    select held_reason as reason from payments.payment
    where intent_id = any(${[other.intentId, foreign.intentId]}::uuid[]) order by held_reason`.execute(
    bed.database.db,
  )
  assert.deepEqual(
    rows.map(row => row.reason),
    ['amount_differs', 'currency_differs'],
  )
  for (const order of [other, foreign]) {
    assert.equal((await stateOf(order)).capturedPaise, 0)
    assert.deepEqual(await namesOf(order), [])
  }
})

test('an order paid twice gets the later payment back', async () => {
  const order = await begin()
  bed.gateway.bank.act(order.gatewayOrderId, 'approve_twice')
  await bed.deliverAll()
  await bed.work()
  const { refunds } = bed.gateway.ledger
  const own = refunds.filter(one =>
    bed.gateway.ledger.payments.some(
      each => each.id === one.payment_id && each.order_id === order.gatewayOrderId,
    ),
  )
  assert.deepEqual(
    own.map(one => one.amount),
    [order.amountPaise],
  )
  const state = await stateOf(order)
  assert.deepEqual([state.state, state.capturedPaise], ['captured', order.amountPaise])
  assert.deepEqual(
    state.refunds.map(one => one.reason),
    ['paid_twice'],
  )
})

test('a capture of an order that was given up goes back by itself, without a word to the order', async () => {
  const order = await begin()
  await inTransaction(bed.database, order.caller, tx => closeIntent(tx, order.orderId))
  bed.gateway.bank.act(order.gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  const refund = bed.gateway.ledger.refunds.at(-1)!
  assert.equal(refund.amount, order.amountPaise)
  bed.gateway.bank.decideRefund(refund.id)
  await bed.deliverAll()
  await bed.work()
  assert.equal((await stateOf(order)).state, 'refunded')
  assert.deepEqual(await namesOf(order), ['payments.refund_settled'])
})

test('the time to pay ends once, and money that comes after it is told as late', async () => {
  const order = await begin()
  await bed.web.own.moveClock('3 hours')
  assert.ok((await expireIntents(bed.database)) >= 1)
  assert.equal((await stateOf(order)).state, 'expired')
  await expireIntents(bed.database)
  bed.gateway.bank.act(order.gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  assert.deepEqual(
    (await bed.news(order.orderId)).map(one => [
      one.name,
      one.payload['isFinal'] ?? one.payload['late'],
    ]),
    [
      ['payments.failed', true],
      ['payments.captured', true],
    ],
  )
  await bed.web.own.moveClock('0')
})

test('what every webhook lost is found by the reconciler', async () => {
  const lost = await begin()
  bed.gateway.bank.act(lost.gatewayOrderId, 'approve')
  await bed.web.own.moveClock('20 minutes')
  const looked = await reconcilePayments(bed.database, gateway)
  assert.ok(looked >= 1)
  assert.equal((await stateOf(lost)).state, 'captured')
  await bed.web.own.moveClock('0')
})
