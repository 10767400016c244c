import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { inTransaction } from '#kernel/transaction'
import { type PayBed, payBed, system } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { findIntents } from './find-intents.ts'
import type { Gateway } from './gateway.ts'
import { lookAtRefunds } from './look-at-refunds.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { expectedBy, isBankWorkingDay } from './refund-clock.ts'
import { requestRefund } from './request-refund.ts'
import { refundTriesMax, sweepRefunds } from './sweep-refunds.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const paid = async (amountPaise = 45_050) => {
  const unpaid = await bed.unpaid({ amountPaise })
  const { database } = bed
  const { gatewayOrderId } = await beginPayment(database, gateway, unpaid.caller, unpaid.orderId)
  const { payment } = bed.gateway.bank.act(gatewayOrderId, 'approve')
  await reconcileIntent(database, gateway, unpaid.intentId)
  return { ...unpaid, payment }
}
const refund = (orderId: string, amountPaise: number, key: string = randomUUID()) =>
  inTransaction(bed.database, system, tx =>
    requestRefund(tx, system, { orderId, amountPaise, reason: 'returned', key }),
  )
const stateOf = async (orderId: string) =>
  (await findIntents(bed.database.db, [orderId])).get(orderId)!
const atBank = (paymentId: string) =>
  bed.gateway.ledger.refunds.filter(one => one.payment_id === paymentId)
const decideAll = async (paymentId: string, outcome: 'processed' | 'failed' = 'processed') => {
  for (const one of atBank(paymentId)) {
    if (one.status === 'pending') bed.gateway.bank.decideRefund(one.id, outcome)
  }
  await bed.deliverAll()
  await bed.work()
}

test('a refund goes to the source, with a clock, and ends with the bank’s own number', async () => {
  const order = await paid()
  const { refundId } = await refund(order.orderId, 20_000)
  const asked = (await stateOf(order.orderId)).refunds[0]!
  assert.deepEqual([asked.state, asked.sentAt, asked.bankReference], ['asked', null, null])
  assert.match(asked.expectedBy ?? '', /^\d{4}-\d{2}-\d{2}$/)
  await bed.work()
  assert.equal((await stateOf(order.orderId)).refunds[0]!.state, 'sent')
  await decideAll(order.payment.id)
  const { state, refundedPaise, refunds } = await stateOf(order.orderId)
  assert.deepEqual([state, refundedPaise], ['part_refunded', 20_000])
  assert.match(refunds[0]!.bankReference ?? '', /^\d{23}$/)
  assert.deepEqual((await bed.news(order.orderId)).at(-1), {
    name: 'payments.refund_settled',
    payload: { orderId: order.orderId, refundId, amountPaise: 20_000 },
  })
  await refund(order.orderId, order.amountPaise - 20_000)
  await bed.work()
  await decideAll(order.payment.id)
  assert.equal((await stateOf(order.orderId)).state, 'refunded')
})

test('the same cause never pays twice, whatever is pressed how often', async () => {
  const order = await paid()
  const many = await Promise.all(
    Array.from({ length: 6 }, () => refund(order.orderId, 5_000, 'cancel')),
  )
  assert.equal(new Set(many.map(one => one.refundId)).size, 1)
  await assert.rejects(refund(order.orderId, 5_001, 'cancel'), { code: 'conflict' })
  await bed.work()
  assert.equal(atBank(order.payment.id).length, 1)
})

test('nothing goes back for what was not paid, and never more than was paid', async () => {
  const unpaid = await bed.unpaid()
  await assert.rejects(refund(unpaid.orderId, 100), { code: 'payment_not_captured' })
  await assert.rejects(refund(randomUUID(), 100), { code: 'payment_not_captured' })
  const order = await paid(10_000)
  const tried = await Promise.allSettled(
    Array.from({ length: 12 }, () => refund(order.orderId, 3_000)),
  )
  assert.equal(tried.filter(one => one.status === 'fulfilled').length, 3)
  await assert.rejects(refund(order.orderId, 1_001), { code: 'refund_exceeds_payment' })
  await refund(order.orderId, 1_000)
  await bed.work()
  const sum = atBank(order.payment.id).reduce((all, one) => all + one.amount, 0)
  assert.equal(sum, 10_000)
})

test('the database itself refuses to promise more than was captured', async () => {
  const order = await paid(10_000)
  await assert.rejects(
    sql`update payments.payment set promised_paise = 10001 where id = ${order.payment.id}`.execute(
      bed.database.db,
    ),
    { code: '23514' },
  )
  await assert.rejects(
    sql`update payments.intent set state = 'created' where id = ${order.intentId}`.execute(
      bed.database.db,
    ),
    { code: '23514' },
  )
})

test('an answer that was lost is the same refund when asked for again', async () => {
  const order = await paid()
  bed.gateway.faults.plan('refund', 'after', 3)
  await refund(order.orderId, 7_000)
  await assert.rejects(bed.work(), { name: 'GatewayAway' })
  await bed.work()
  assert.equal(atBank(order.payment.id).length, 1)
  assert.equal((await stateOf(order.orderId)).refunds[0]!.state, 'sent')
})

test('the webhook may be quicker than the answer, and everything may come three times', async () => {
  const order = await paid()
  bed.gateway.faults.plan('refund', 'after', 3)
  await refund(order.orderId, order.amountPaise)
  await assert.rejects(bed.work(), { name: 'GatewayAway' })
  const [sent] = atBank(order.payment.id)
  bed.gateway.bank.decideRefund(sent!.id)
  const said = bed.gateway.webhooks.sent.filter(one => one.body.includes(sent!.id)).toReversed()
  for (const one of [...said, ...said, ...said]) await bed.deliver(one)
  await bed.work()
  const { state, refundedPaise } = await stateOf(order.orderId)
  assert.deepEqual([state, refundedPaise], ['refunded', order.amountPaise])
  assert.equal(atBank(order.payment.id).length, 1)
  const settled = (await bed.news(order.orderId)).filter(
    one => one.name === 'payments.refund_settled',
  )
  assert.equal(settled.length, 1)
})

test('a refund the bank gives back is tried again, three times in all, and then a person is called', async () => {
  const order = await paid()
  await refund(order.orderId, 9_000)
  await bed.work()
  for (let attempt = 1; attempt <= refundTriesMax; attempt++) {
    await decideAll(order.payment.id, 'failed')
    assert.equal((await stateOf(order.orderId)).refunds[0]!.state, 'failed')
    await bed.web.own.moveClock(`${attempt * 70} minutes`)
    await sweepRefunds(bed.database)
    await bed.work()
  }
  assert.equal(atBank(order.payment.id).length, refundTriesMax)
  const { rows } = await sql<{ isCalled: boolean }>`
    select alarmed_at is not null as "isCalled" from payments.refund
    where intent_id = ${order.intentId}`.execute(bed.database.db)
  assert.deepEqual(rows, [{ isCalled: true }])
  // Still promised: nobody can give the same money away twice.
  await assert.rejects(refund(order.orderId, order.amountPaise), { code: 'refund_exceeds_payment' })
  await bed.web.own.moveClock('0')
})

test('a refund whose webhook was lost is asked about, and one begun at the gateway is taken over', async () => {
  const order = await paid()
  await refund(order.orderId, 4_000)
  await bed.work()
  bed.gateway.bank.decideRefund(atBank(order.payment.id)[0]!.id)
  await bed.web.own.moveClock('25 hours')
  await lookAtRefunds(bed.database, gateway)
  assert.equal((await stateOf(order.orderId)).refundedPaise, 4_000)
  await bed.web.own.moveClock('0')
  const byHand = bed.gateway.bank.refund(order.payment.id, { amount: 1_000 }, undefined)
  bed.gateway.bank.decideRefund(byHand.id)
  await bed.deliverAll()
  await bed.work()
  const { refundedPaise, promisedPaise, refunds } = await stateOf(order.orderId)
  assert.deepEqual([refundedPaise, promisedPaise], [5_000, 5_000])
  assert.equal(refunds.at(-1)!.reason, 'given_at_gateway')
})

test('an intent expects its money within working days: Sundays, two Saturdays and holidays do not count', () => {
  assert.equal(expectedBy('2026-11-20', 1), '2026-11-21')
  assert.equal(expectedBy('2026-11-21', 1), '2026-11-23')
  assert.equal(expectedBy('2026-11-27', 1), '2026-11-30')
  assert.equal(expectedBy('2027-01-25', 1), '2027-01-27')
  assert.equal(expectedBy('2026-11-23', 7), '2026-12-02')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000 }),
      fc.integer({ min: 1, max: 30 }),
      (days, working) => {
        const from = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)
        assert.ok(isBankWorkingDay(expectedBy(from, working)))
        assert.ok(expectedBy(from, working) > from)
      },
    ),
  )
})
