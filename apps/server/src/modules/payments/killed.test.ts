import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#kernel/transaction'
import { dyingAfter, Killed, type PayBed, payBed, type Unpaid } from '#test/payments-for-tests'
import { beginPayment } from './begin-payment.ts'
import { confirmPayment } from './confirm-payment.ts'
import { findIntents } from './find-intents.ts'
import type { Gateway } from './gateway.ts'
import { findIntent } from './intent-row.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { requestRefund } from './request-refund.ts'
import { sendRefund } from './send-refund.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

type World = { database: PayBed['database']; gateway: Gateway }
const stepsMax = 20

/** Everything that happens to one order, from going to pay to the refund being sent. */
async function live(order: Unpaid, world: World, act: 'approve' | 'authorise'): Promise<void> {
  const { database } = world
  const { orderId, caller, intentId } = order
  const { gatewayOrderId } = await beginPayment(database, world.gateway, caller, orderId)
  const { ledger, bank } = bed.gateway
  const isTried = ledger.payments.some(one => one.order_id === gatewayOrderId)
  const payment = isTried
    ? ledger.payments.find(one => one.order_id === gatewayOrderId)!
    : bank.act(gatewayOrderId, act).payment
  const intent = await findIntent(database.db, intentId)
  const signature = bank.signatureOf(payment)
  await confirmPayment(database, world.gateway, intent!, { paymentId: payment.id, signature })
  await giveBack(order, world)
}

async function giveBack({ orderId, caller, intentId }: Unpaid, world: World): Promise<void> {
  const { database } = world
  await reconcileIntent(database, world.gateway, intentId)
  const { refundId } = await inTransaction(database, caller, tx =>
    requestRefund(tx, caller, { orderId, amountPaise: 1_000, reason: 'returned', key: 'one' }),
  )
  await sendRefund(database, world.gateway, refundId)
}

for (const act of ['approve', 'authorise'] as const) {
  test(`killed after any step of a payment that is to ${act}: after the restart the money agrees`, async () => {
    let deaths = 0
    for (let at = 1; at <= stepsMax; at++) {
      const order = await bed.unpaid()
      const dying = dyingAfter(bed.database, at)
      const first = live(order, { database: dying.database, gateway: dying.watch(gateway) }, act)
      await first.catch(error => assert.ok(error instanceof Killed, String(error)))
      if (!dying.hasDied()) break
      deaths++
      await restart(order, act)
      await assertMoneyAgrees(order, at)
    }
    assert.ok(deaths >= 8 && deaths < stepsMax, `${deaths} deaths were tried`)
  })
}

/** What happens without a hand: the customer goes on where she was, the jobs and the reconciler run. */
async function restart(order: Unpaid, act: 'approve' | 'authorise'): Promise<void> {
  await bed.work()
  const world = { database: bed.database, gateway }
  const intent = await findIntent(bed.database.db, order.intentId)
  const isPaid = bed.gateway.ledger.payments.some(one => one.order_id === intent?.gatewayOrderId)
  if (isPaid) await giveBack(order, world)
  else await live(order, world, act)
  await bed.work()
}

async function assertMoneyAgrees(order: Unpaid, at: number): Promise<void> {
  const { ledger } = bed.gateway
  const gatewayOrders = ledger.orders.filter(one => one.receipt === order.intentId)
  assert.equal(gatewayOrders.length, 1, `killed after step ${at}: orders at the gateway`)
  const payments = ledger.payments.filter(one => one.order_id === gatewayOrders[0]!.id)
  assert.deepEqual(
    payments.map(one => [one.captured, one.amount]),
    [[true, order.amountPaise]],
  )
  const refunds = ledger.refunds.filter(one => one.payment_id === payments[0]!.id)
  assert.deepEqual(
    refunds.map(one => one.amount),
    [1_000],
    `killed after step ${at}: refunds`,
  )
  const found = (await findIntents(bed.database.db, [order.orderId])).get(order.orderId)!
  assert.deepEqual(
    [found.state, found.capturedPaise, found.promisedPaise, found.refunds.map(one => one.state)],
    ['captured', order.amountPaise, 1_000, ['sent']],
  )
  const told = await bed.news(order.orderId)
  assert.deepEqual(
    told.map(one => one.name),
    ['payments.captured'],
  )
}

test('the books of the module and of the gateway agree after all of it', async () => {
  const { rows } = await sql<{ captured: number; promised: number }>`
    select sum(captured_paise)::bigint as captured, sum(promised_paise)::bigint as promised
    from payments.payment`.execute(bed.database.db)
  const { payments, refunds } = bed.gateway.ledger
  const sum = (list: readonly { amount: number }[]) =>
    list.reduce((all, one) => all + one.amount, 0)
  assert.ok(payments.length > 15)
  assert.deepEqual(rows, [
    { captured: sum(payments.filter(one => one.captured)), promised: sum(refunds) },
  ])
})
