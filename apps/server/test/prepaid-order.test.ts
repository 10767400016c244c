import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type Order } from '@janta/contracts'
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import type { Event } from '#kernel/events'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { ordering } from '#modules/ordering'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { type PayBed, payBed } from './payments-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser } from './web-for-tests.ts'

// An order paid online, from the cart to the shelf: the money and the order agree in whatever order the news comes.

let bed: PayBed
before(async () => {
  bed = await payBed()
  await loadPinCodes(bed.database)
  await loadSampleDelivery(bed.database)
})
after(() => bed.close())

const hear = async (name: string, orderId: string) => {
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = ${name} and payload ->> 'orderId' = ${orderId} order by id`.execute(
    bed.database.db,
  )
  const subscribers = ordering(bed.surroundings).subscribers ?? []
  for (const event of rows) {
    for (const one of subscribers) if (one.event === name) await one.run(bed.database, event)
  }
  return rows.length
}

let mobiles = 9000000700

/** A customer with a fresh medicine of so many packs on the shelf, who orders two of it and pays online. */
async function orderToPay(packs = 10) {
  const packId = await addPack(bed.database)
  await addLots(bed.database, [{ packId, packs, mrpPaise: 10_000 }])
  const browser = await new Browser(bed.web.app).signIn(String(mobiles++))
  const cart = await putInCart(browser, packId, 2)
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: { address: sampleAddress, paymentMethod: 'prepaid', cartVersion: cart.version },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id }: Order = answer.json()
  const look = async (): Promise<Order> =>
    (await browser.send(api.getOrder, { params: { id } })).json()
  return { id, packId, browser, look, order: answer.json() as Order }
}

/** Pays at the bank; the news is heard only when a test says so. */
async function pay({ id, browser }: { id: string; browser: Browser }) {
  const begun = await browser.send(api.beginPayment, { params: { id } })
  assert.ok(begun.statusCode < 300, begun.body)
  bed.gateway.bank.act(begun.json().gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
}

/** The browser comes back from the bank's page without a script. */
const comeBack = (intentId: string, paid: { paymentId: string; signature: string }) =>
  bed.web.app.inject({
    method: 'POST',
    url: `/api/v1/payments/${intentId}/return`,
    headers: {
      origin: 'https://api.razorpay.com',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      razorpay_payment_id: paid.paymentId,
      razorpay_signature: paid.signature,
    }).toString(),
  })

test('an order paid online waits for its money and holds its packs; paid, it is placed', async () => {
  const one = await orderToPay()
  assert.equal(one.order.state, 'awaiting_payment')
  assert.equal(one.order.mayPay, true)
  assert.equal(one.order.payment?.amountPaise, one.order.totalPaise)
  assert.equal(one.order.lines[0]?.batches[0]?.packs, 2)
  await pay(one)
  assert.equal(await hear('payments.captured', one.id), 1)
  const placed = await one.look()
  assert.equal(placed.state, 'placed')
  assert.equal(placed.mayPay, false)
  assert.equal(placed.payment?.paidPaise, placed.totalPaise)
  // Heard again it changes nothing.
  await hear('payments.captured', one.id)
  assert.equal((await one.look()).timeline.filter(step => step.state === 'placed').length, 1)
})

test('webhooks and the redirect in every order, five times each: one order placed, one capture', async () => {
  const ways = [
    ['authorised', 'captured', 'redirect'],
    ['authorised', 'redirect', 'captured'],
    ['captured', 'authorised', 'redirect'],
    ['captured', 'redirect', 'authorised'],
    ['redirect', 'authorised', 'captured'],
    ['redirect', 'captured', 'authorised'],
  ]
  for (const way of ways) {
    const one = await orderToPay()
    const begun = await one.browser.send(api.beginPayment, { params: { id: one.id } })
    const { payment, signature } = bed.gateway.bank.act(begun.json().gatewayOrderId, 'approve')
    const [authorised, captured] = bed.gateway.webhooks.sent.filter(webhook =>
      webhook.body.includes(payment.id),
    )
    assert.ok(authorised && captured && signature)
    const { rows } = await sql<{ id: string }>`
      select id from payments.intent where order_id = ${one.id}`.execute(bed.database.db)
    const tell: Record<string, () => Promise<LightMyRequestResponse>> = {
      authorised: () => bed.deliver(authorised),
      captured: () => bed.deliver(captured),
      redirect: () => comeBack(rows[0]!.id, { paymentId: payment.id, signature }),
    }
    for (const teller of way) {
      for (let time = 0; time < 5; time++) {
        const told = await tell[teller]!()
        assert.ok(told.statusCode < 400, `${teller}: ${told.body}`)
        await bed.work()
        await hear('payments.captured', one.id)
      }
    }
    const { state, timeline, totalPaise, payment: paid } = await one.look()
    const places = timeline.filter(step => step.state === 'placed').length
    assert.deepEqual(
      [state, places, paid?.paidPaise, paid?.refunds],
      ['placed', 1, totalPaise, []],
      way.join(' then '),
    )
    const captures = bed.gateway.ledger.payments.filter(
      other => other.order_id === payment.order_id && other.captured,
    )
    assert.equal(captures.length, 1)
  }
})

test('an order nobody pays for ends by itself, frees its packs and asks for money no more', async () => {
  const one = await orderToPay()
  await lapse(one.id)
  const ended = await one.look()
  assert.equal(ended.state, 'cancelled')
  assert.equal(ended.cancellation?.reason, 'not_paid_in_time')
  const begun = await one.browser.send(api.beginPayment, { params: { id: one.id } })
  assert.equal(begun.json().code, 'payment_state_forbids')
})

test('money that comes for an order that is over goes back by itself, once', async () => {
  const one = await orderToPay()
  const begun = await one.browser.send(api.beginPayment, { params: { id: one.id } })
  await one.browser.send(api.cancelOrder, { params: { id: one.id }, body: { reason: 'other' } })
  bed.gateway.bank.act(begun.json().gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  await hear('payments.captured', one.id)
  const { payment, state } = await one.look()
  assert.equal(state, 'cancelled')
  assert.deepEqual(
    payment?.refunds.map(refund => refund.amountPaise),
    [one.order.totalPaise],
  )
})

test('who cannot pay online pays in cash after all; what the bank still sends goes back, and money under way stays', async () => {
  const [one, paid, dear] = [await orderToPay(), await orderToPay(), await orderToPay()]
  const begun = await one.browser.send(api.beginPayment, { params: { id: one.id } })
  const inCash = () => one.browser.send(api.payAtDoor, { params: { id: one.id } })
  const answer = await inCash()
  assert.equal(answer.statusCode, 201, answer.body)
  const { state, paymentMethod, payment }: Order = answer.json()
  assert.deepEqual([state, paymentMethod, payment], ['placed', 'cash_on_delivery', null])
  assert.equal((await inCash()).json().code, 'order_state_forbids')
  bed.gateway.bank.act(begun.json().gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  await hear('payments.captured', one.id)
  const late = await one.look()
  assert.deepEqual(
    [late.state, late.paymentMethod, late.payment?.refunds.map(refund => refund.amountPaise)],
    ['placed', 'cash_on_delivery', [one.order.totalPaise]],
  )
  await pay(paid)
  const tooLate = await paid.browser.send(api.payAtDoor, { params: { id: paid.id } })
  assert.equal(tooLate.json().code, 'order_state_forbids')
  assert.equal((await paid.look()).paymentMethod, 'prepaid')
  await sql`update payments.setting set cash_cap_paise = 100`.execute(bed.database.db)
  const refused = await dear.browser.send(api.payAtDoor, { params: { id: dear.id } })
  await sql`update payments.setting set cash_cap_paise = 250000`.execute(bed.database.db)
  assert.equal(refused.json().code, 'cash_limit_exceeded')
  assert.equal((await dear.look()).state, 'awaiting_payment')
})

test('a paid order that is cancelled gives all of its money back, once', async () => {
  const one = await orderToPay()
  await pay(one)
  await hear('payments.captured', one.id)
  const answer = await one.browser.send(api.cancelOrder, {
    params: { id: one.id },
    body: { reason: 'found_elsewhere' },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  await hear('payments.captured', one.id)
  const { payment } = await one.look()
  assert.deepEqual(
    payment?.refunds.map(refund => refund.amountPaise),
    [one.order.totalPaise],
  )
})

/** Lets the hold of an order end and the sweeper of the orders find it. */
async function lapse(orderId: string) {
  await sql`update ordering.order set held_until = kernel.now() - interval '1 minute' where id = ${orderId}`.execute(
    bed.database.db,
  )
  const sweep = ordering(bed.surroundings).recurring?.find(
    one => one.task === 'ordering.cancel_lapsed_orders',
  )
  await sweep?.run(bed.database)
}
