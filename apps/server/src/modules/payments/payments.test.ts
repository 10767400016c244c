import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { inTransaction } from '#kernel/transaction'
import { type PayBed, payBed, type Unpaid } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { confirmPayment } from './confirm-payment.ts'
import { findIntents } from './find-intents.ts'
import type { Gateway } from './gateway.ts'
import { findIntent } from './intent-row.ts'
import { openIntent } from './open-intent.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const begin = async (options: Parameters<PayBed['unpaid']>[0] = {}) => {
  const unpaid = await bed.unpaid(options)
  const { gatewayOrderId } = await beginPayment(
    bed.database,
    gateway,
    unpaid.caller,
    unpaid.orderId,
  )
  return { ...unpaid, gatewayOrderId }
}
const stateOf = async ({ orderId }: Unpaid) =>
  (await findIntents(bed.database.db, [orderId])).get(orderId)!
const comeBack = async (
  unpaid: Unpaid,
  paid: { payment: { id: string }; signature?: string | undefined },
) => {
  const intent = await findIntent(bed.database.db, unpaid.intentId)
  await confirmPayment(bed.database, gateway, intent!, {
    paymentId: paid.payment.id,
    signature: paid.signature ?? '',
  })
}
const namesOf = async ({ orderId }: Unpaid) => (await bed.news(orderId)).map(one => one.name)
/** The webhooks said about one payment, in the order they were said. */
const saidOf = (paymentId: string) =>
  bed.gateway.webhooks.sent.filter(one => one.body.includes(paymentId))

test('a customer pays, and it is told once, whole and in time', async () => {
  const order = await begin()
  assert.equal((await stateOf(order)).state, 'created')
  await comeBack(order, bed.gateway.bank.act(order.gatewayOrderId, 'approve'))
  await bed.deliverAll()
  await bed.work()
  const { state, capturedPaise, refundedPaise } = await stateOf(order)
  assert.deepEqual([state, capturedPaise, refundedPaise], ['captured', order.amountPaise, 0])
  assert.deepEqual(await bed.news(order.orderId), [
    {
      name: 'payments.captured',
      payload: {
        orderId: order.orderId,
        intentId: order.intentId,
        amountPaise: order.amountPaise,
        late: false,
      },
    },
  ])
})

test('an intent is opened once an order, and for one amount', async () => {
  const unpaid = await bed.unpaid()
  const again = (amountPaise: number) =>
    inTransaction(bed.database, unpaid.caller, tx =>
      openIntent(tx, unpaid.caller, {
        orderId: unpaid.orderId,
        personId: unpaid.caller.personId!,
        amountPaise,
        expiresAt: new Date(Date.now() + 60_000),
      }),
    )
  assert.equal((await again(unpaid.amountPaise)).intentId, unpaid.intentId)
  await assert.rejects(again(unpaid.amountPaise + 1), { code: 'conflict' })
  await assert.rejects(bed.unpaid({ amountPaise: 99 }), { code: 'payment_amount_invalid' })
})

test('two windows that go to pay at once end with one order of the gateway', async () => {
  const unpaid = await bed.unpaid()
  const both = await Promise.all(
    [1, 2, 3].map(() => beginPayment(bed.database, gateway, unpaid.caller, unpaid.orderId)),
  )
  assert.equal(new Set(both.map(one => one.gatewayOrderId)).size, 1)
})

test('nobody pays for another person’s order, and nobody twice', async () => {
  const order = await begin()
  const stranger = { ...order.caller, personId: randomUUID() }
  await assert.rejects(beginPayment(bed.database, gateway, stranger, order.orderId), {
    code: 'not_found',
  })
  await comeBack(order, bed.gateway.bank.act(order.gatewayOrderId, 'approve'))
  await assert.rejects(beginPayment(bed.database, gateway, order.caller, order.orderId), {
    code: 'payment_state_forbids',
  })
})

/** Every order of these, as lists. */
function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((one, index) =>
    permutations(items.toSpliced(index, 1)).map(rest => [one, ...rest]),
  )
}

test('webhooks, redirect and reconciler in every order, five times each: one capture', async () => {
  const ways = permutations(['authorised', 'captured', 'redirect', 'reconciler'])
  assert.equal(ways.length, 24)
  for (const way of ways) {
    const order = await begin()
    const paid = bed.gateway.bank.act(order.gatewayOrderId, 'approve')
    const [authorised, captured] = saidOf(paid.payment.id)
    const tell: Record<string, () => Promise<unknown>> = {
      authorised: () => bed.deliver(authorised!),
      captured: () => bed.deliver(captured!),
      redirect: () => comeBack(order, paid),
      reconciler: () => reconcileIntent(bed.database, gateway, order.intentId),
    }
    for (const teller of way) {
      for (let time = 0; time < 5; time++) await tell[teller]!()
      await bed.work()
    }
    const { state, capturedPaise, refunds } = await stateOf(order)
    assert.deepEqual(
      [state, capturedPaise, refunds.length, await namesOf(order)],
      ['captured', order.amountPaise, 0, ['payments.captured']],
      way.join(' then '),
    )
  }
})

test('everybody tells it at the same moment: one capture', async () => {
  const order = await begin()
  const paid = bed.gateway.bank.act(order.gatewayOrderId, 'approve')
  const said = saidOf(paid.payment.id)
  await Promise.all([
    ...Array.from({ length: 5 }, () => said.map(one => bed.deliver(one))).flat(),
    ...Array.from({ length: 5 }, () => comeBack(order, paid)),
    ...Array.from({ length: 5 }, () => reconcileIntent(bed.database, gateway, order.intentId)),
  ])
  await bed.work()
  assert.deepEqual(await namesOf(order), ['payments.captured'])
  assert.equal((await stateOf(order)).state, 'captured')
})

test('a payment that failed and is captured after all is captured', async () => {
  const order = await begin()
  const { payment } = bed.gateway.bank.act(order.gatewayOrderId, 'fail')
  await bed.deliverAll()
  await bed.work()
  assert.equal((await stateOf(order)).state, 'failed')
  bed.gateway.bank.approve(payment.id)
  await bed.deliverAll()
  // The failure comes once more, late.
  await bed.deliver(saidOf(payment.id)[0]!, { id: 'evt_again' })
  await bed.work()
  assert.equal((await stateOf(order)).state, 'captured')
  assert.deepEqual(await namesOf(order), ['payments.failed', 'payments.captured'])
})

test('money only held for us is captured by a job, also when the gateway answers 500 after doing it', async () => {
  for (const isBroken of [false, true]) {
    const order = await begin()
    const paid = bed.gateway.bank.act(order.gatewayOrderId, 'authorise')
    if (isBroken) bed.gateway.faults.plan('capture', 'after')
    await comeBack(order, paid)
    if (isBroken) {
      await assert.rejects(bed.work(), { name: 'GatewayAway' })
      assert.equal((await stateOf(order)).state, 'authorised')
    }
    // The job is tried again.
    await bed.work()
    assert.equal((await stateOf(order)).state, 'captured')
    assert.deepEqual(await namesOf(order), ['payments.captured'])
  }
})

test('the gateway is away when the customer comes back: a job finds the payment later', async () => {
  const order = await begin()
  const paid = bed.gateway.bank.act(order.gatewayOrderId, 'approve')
  bed.gateway.faults.plan('fetch_payment', 'before', 3)
  await comeBack(order, paid)
  assert.equal((await stateOf(order)).state, 'created')
  await bed.work()
  assert.equal((await stateOf(order)).state, 'captured')
})

test('a signature over another order, or none, moves nothing', async () => {
  const [cheap, dear] = [await begin({ amountPaise: 100 }), await begin({ amountPaise: 90_000 })]
  const paid = bed.gateway.bank.act(cheap.gatewayOrderId, 'approve')
  for (const signature of [paid.signature, '', 'f'.repeat(64), 'zz']) {
    await assert.rejects(comeBack(dear, { payment: paid.payment, signature }), {
      code: 'payment_not_verified',
    })
  }
  assert.equal((await stateOf(dear)).state, 'created')
})
