import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type PayBed, payBed } from '#test/payments-for-tests'
import { personCaller } from '#test/shelf-for-tests'
import { beginPayment } from './begin-payment.ts'
import { decideRefund } from './decide-refund.ts'
import { findAgeing } from './find-ageing.ts'
import { findDeskPayment } from './find-desk-payment.ts'
import type { Gateway } from './gateway.ts'
import { mendRefund } from './mend-refund.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { refundOrder } from './refund-order.ts'
import { returnHeldPayment } from './return-held-payment.ts'
import { findSettings } from './settings.ts'
import { refundTriesMax, sweepRefunds } from './sweep-refunds.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const asha = personCaller()
const ravi = personCaller()
const paid = async (amountPaise = 500_000) => {
  const unpaid = await bed.unpaid({ amountPaise })
  const { database } = bed
  const { gatewayOrderId } = await beginPayment(database, gateway, unpaid.caller, unpaid.orderId)
  const { payment } = bed.gateway.bank.act(gatewayOrderId, 'approve')
  await reconcileIntent(database, gateway, unpaid.intentId)
  return { ...unpaid, payment, gatewayOrderId }
}
const refund = (orderId: string, amountPaise: number, key: string = randomUUID()) =>
  refundOrder(bed.database, asha, key, { orderId, amountPaise, reason: 'returned' })
const shown = (orderId: string) => findDeskPayment(bed.database.db, orderId, asha.personId)

test('a small refund goes out at once; a large one, or many small ones, wait for another person', async () => {
  const order = await paid()
  await refund(order.orderId, 40_000)
  const { id } = await refund(order.orderId, 60_000)
  assert.deepEqual(
    (await shown(order.orderId)).refunds.map(one => [one.state, one.mayDecide]),
    [
      ['asked', false],
      ['proposed', false],
    ],
  )
  await bed.work()
  assert.equal(bed.gateway.ledger.payment(order.payment.id).amount_refunded, 40_000)
  await assert.rejects(decideRefund(bed.database, asha, { id, approve: true }), {
    code: 'own_refund',
  })
  assert.equal(await decideRefund(bed.database, ravi, { id, approve: true }), order.orderId)
  await bed.work()
  assert.equal(bed.gateway.ledger.payment(order.payment.id).amount_refunded, 100_000)
  await assert.rejects(decideRefund(bed.database, ravi, { id, approve: false }), {
    code: 'refund_state_forbids',
  })
})

test('a withdrawn refund frees its amount, and a button pressed twice is one refund', async () => {
  const order = await paid()
  const key = randomUUID()
  const [first, second] = [
    await refund(order.orderId, order.amountPaise, key),
    await refund(order.orderId, order.amountPaise, key),
  ]
  assert.equal(first.id, second.id)
  assert.equal((await shown(order.orderId)).refundablePaise, 0)
  await assert.rejects(refund(order.orderId, 1), { code: 'refund_exceeds_payment' })
  await decideRefund(bed.database, ravi, { id: first.id, approve: false, note: 'Not agreed' })
  assert.equal((await shown(order.orderId)).refundablePaise, order.amountPaise)
  await bed.work()
  assert.equal(bed.gateway.ledger.payment(order.payment.id).amount_refunded, 0)
})

test('a refund the bank keeps refusing is settled by hand, with the number of the transfer', async () => {
  const order = await paid()
  const { id } = await refund(order.orderId, 10_000)
  await assert.rejects(mendRefund(bed.database, ravi, { id }), { code: 'refund_state_forbids' })
  for (let attempt = 1; attempt <= refundTriesMax; attempt++) {
    await bed.work()
    const sent = bed.gateway.ledger.refunds.at(-1)!
    bed.gateway.bank.decideRefund(sent.id, 'failed')
    await bed.deliverAll()
    await bed.work()
    await bed.web.own.moveClock(`${attempt * 70} minutes`)
    await sweepRefunds(bed.database)
  }
  assert.equal((await shown(order.orderId)).refunds[0]!.needsPerson, true)
  const ageing = await findAgeing(bed.database.db, { kind: 'refund_failed', limit: 10 })
  assert.ok(ageing.items.some(one => one.orderId === order.orderId))
  await mendRefund(bed.database, ravi, { id, bankReference: 'UTR123456789' })
  const { refunds, state, refundedPaise } = await shown(order.orderId)
  assert.deepEqual(
    [refunds[0]!.state, refunds[0]!.bankReference, state, refundedPaise],
    ['settled', 'UTR123456789', 'part_refunded', 10_000],
  )
  await bed.web.own.moveClock('0')
})

test('a held payment is sent back whole by a person, once', async () => {
  const unpaid = await bed.unpaid()
  const { gatewayOrderId } = await beginPayment(
    bed.database,
    gateway,
    unpaid.caller,
    unpaid.orderId,
  )
  const { payment } = bed.gateway.bank.act(gatewayOrderId, 'approve_other_amount')
  await bed.deliverAll()
  await bed.work()
  const held = await findAgeing(bed.database.db, { kind: 'held', limit: 10 })
  assert.deepEqual(
    held.items.map(one => [one.orderId, one.amountPaise]),
    [[unpaid.orderId, payment.amount]],
  )
  assert.equal(await returnHeldPayment(bed.database, ravi, payment.id), unpaid.orderId)
  await assert.rejects(returnHeldPayment(bed.database, ravi, payment.id), {
    code: 'refund_state_forbids',
  })
  await bed.work()
  assert.equal(bed.gateway.ledger.payment(payment.id).amount_refunded, payment.amount)
  const after = await findAgeing(bed.database.db, { kind: 'held', limit: 10 })
  assert.deepEqual(after.items, [])
})

test('nothing is told about an order that was not to be paid online', async () => {
  await assert.rejects(shown(randomUUID()), { code: 'not_found' })
  await assert.rejects(returnHeldPayment(bed.database, ravi, 'pay_none'), { code: 'not_found' })
  await assert.rejects(decideRefund(bed.database, ravi, { id: randomUUID(), approve: true }), {
    code: 'not_found',
  })
})

test('the settings are one row that keeps its limits', async () => {
  const { today: _today, ...settings } = await findSettings(bed.database.db)
  assert.equal(settings.secondLookFromPaise, 100_000)
  await assert.rejects(
    sql`update payments.setting set refund_working_days = 0`.execute(bed.database.db),
    { code: '23514' },
  )
})
