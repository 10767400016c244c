import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type CounterOrder, type CounterReturn, type Order } from '@janta/contracts'
import { sql } from 'kysely'
import type { Event } from '#kernel/events'
import { loadSampleBilling } from '#modules/billing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { loadSamplePeople } from '#modules/identity'
import { ordering } from '#modules/ordering'
import { recordPromotion } from '#modules/promotions'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { type PayBed, payBed } from './payments-for-tests.ts'
import { addLots, addPack, personCaller, shelfOf } from './shelf-for-tests.ts'
import { Browser, mobileOf } from './web-for-tests.ts'

// What was delivered comes back: in part, in whole, with a coupon on it, paid online or in cash.

let bed: PayBed
let desk: Browser
before(async () => {
  bed = await payBed()
  await loadPinCodes(bed.database)
  await loadSampleDelivery(bed.database)
  await loadSampleBilling(bed.database)
  await loadSamplePeople(bed.database)
  desk = await new Browser(bed.web.app).signIn(mobileOf.administrator)
  await recordPromotion(bed.database, personCaller(), {
    name: 'Fifty off',
    nameHi: 'पचास की छूट',
    code: 'FIFTY',
    benefit: 'amount',
    amountPaise: 5_000,
    fromItemsPaise: 5_000,
    lane: 'main',
    isFirstOrder: false,
    from: '2020-01-01',
  })
})
after(() => bed.close())

let mobiles = 9000000800
const sent = async <T>(browser: Browser, ...request: Parameters<Browser['send']>): Promise<T> => {
  const answer = await browser.send(...request)
  assert.ok(answer.statusCode < 300, answer.body)
  return answer.json()
}
const codeOf = async (browser: Browser, ...request: Parameters<Browser['send']>) =>
  (await browser.send(...request)).json().code

async function pay(id: string, browser: Browser) {
  const { gatewayOrderId } = await sent<{ gatewayOrderId: string }>(browser, api.beginPayment, {
    params: { id },
  })
  bed.gateway.bank.act(gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = 'payments.captured' and payload ->> 'orderId' = ${id}`.execute(bed.database.db)
  const heard = ordering(bed.surroundings).subscribers?.find(
    one => one.event === 'payments.captured',
  )
  for (const event of rows) await heard?.run(bed.database, event)
}

/** An order of three packs of one medicine, with a coupon on it, in the customer's hands. */
async function delivered(paymentMethod: 'prepaid' | 'cash_on_delivery') {
  const packId = await addPack(bed.database)
  await addLots(bed.database, [{ packId, packs: 10, mrpPaise: 10_000 }])
  const browser = await new Browser(bed.web.app).signIn(String(mobiles++))
  await putInCart(browser, packId, 3)
  const { version: cartVersion } = await sent<{ version: string }>(browser, api.putCartCoupon, {
    body: { code: 'fifty' },
  })
  const { id } = await sent<Order>(browser, api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: { address: sampleAddress, paymentMethod, cartVersion },
  })
  if (paymentMethod === 'prepaid') await pay(id, browser)
  const { picks } = await sent<CounterOrder>(desk, api.getCounterOrder, { params: { id } })
  const body = {
    picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
  }
  const packed = await sent<CounterOrder>(desk, api.packOrder, { params: { id }, body })
  await sent(desk, api.handOverOrder, { params: { id }, body: { rider: 'R. Sample' } })
  const collectedPaise = paymentMethod === 'prepaid' ? 0 : packed.totalPaise
  await sent(desk, api.deliverOrder, {
    params: { id },
    body: { receivedBy: 'S. Sample', collectedPaise },
  })
  const look = () => sent<Order>(browser, api.getOrder, { params: { id } })
  return { id, packId, batchId: picks[0]!.batchId, browser, look, paidPaise: packed.totalPaise }
}
type Delivered = Awaited<ReturnType<typeof delivered>>

const ask = async (one: Delivered, packs: number) => {
  const body = { reason: 'damaged' as const, lines: [{ medicineId: one.packId, packs }] }
  return (await sent<{ id: string }>(one.browser, api.askReturn, { params: { id: one.id }, body }))
    .id
}
const decision = (one: Delivered, packs: number, more: object = {}) => ({
  lines:
    packs === 0
      ? []
      : [{ medicineId: one.packId, batchId: one.batchId, packs, fate: 'quarantine' }],
  refundWay: 'source',
  ...more,
})
const decide = (id: string, body: object) =>
  sent<CounterReturn>(desk, api.decideReturn, { params: { id }, body })

test('three packs come back one by one: credit notes, refunds and stock clear the order to the paisa', async () => {
  const one = await delivered('prepaid')
  const { deliveryFeePaise } = await one.look()
  let back = 0
  for (let round = 1; round <= 3; round++) {
    const id = await ask(one, 1)
    const { refundPaise, creditNote, state } = await decide(id, decision(one, 1))
    assert.equal(state, 'accepted')
    assert.match(creditNote ?? '', /\S/)
    back += refundPaise ?? 0
  }
  const order = await one.look()
  // The goods, with their share of the coupon; the delivery was made.
  assert.equal(back, one.paidPaise - deliveryFeePaise)
  assert.equal(back, 27_000 - 5_000)
  assert.deepEqual(
    order.payment?.refunds.map(refund => refund.amountPaise).toSorted(),
    [7_333, 7_333, 7_334],
  )
  assert.equal(order.mayReturn, true)
  assert.deepEqual(await shelfOf(bed.database, one.packId), [
    { state: 'quarantine', units: 30 },
    { state: 'sellable', units: 70 },
  ])
  const again = { reason: 'damaged', lines: [{ medicineId: one.packId, packs: 1 }] }
  assert.equal(
    await codeOf(one.browser, api.askReturn, { params: { id: one.id }, body: again }),
    'return_exceeds_sale',
  )
})

test('more than was sold, asked or still waits is refused, and one return is decided once', async () => {
  const one = await delivered('prepaid')
  const asking = (packs: number, reason = 'damaged') => ({
    params: { id: one.id },
    body: { reason, lines: [{ medicineId: one.packId, packs }] },
  })
  assert.equal(await codeOf(one.browser, api.askReturn, asking(4)), 'return_exceeds_sale')
  const id = await ask(one, 2)
  assert.equal(await codeOf(one.browser, api.askReturn, asking(1)), 'return_state_forbids')
  const deciding = (body: object) => ({ params: { id }, body })
  assert.equal(
    await codeOf(desk, api.decideReturn, deciding(decision(one, 3))),
    'return_exceeds_sale',
  )
  assert.equal(await codeOf(desk, api.decideReturn, deciding(decision(one, 1))), 'reason_needed')
  const answer = 'One strip is used'
  const both = await Promise.all(
    [1, 2, 3].map(() => desk.send(api.decideReturn, deciding(decision(one, 1, { answer })))),
  )
  assert.deepEqual(
    both.map(each => each.statusCode).toSorted((a, b) => a - b),
    [201, 409, 409],
  )
  const [shown] = (await one.look()).returns
  assert.deepEqual(
    [shown?.state, shown?.answer, shown?.lines[0]?.acceptedPacks, shown?.refundPaise],
    ['accepted', answer, 1, 7_333],
  )
})

test('a customer keeps what she wanted to give back, nobody can accept it then, and she may ask again', async () => {
  const one = await delivered('prepaid')
  const id = await ask(one, 2)
  const withdraw = { params: { id: one.id } }
  const { returns } = await sent<Pick<Order, 'returns'>>(one.browser, api.withdrawReturn, withdraw)
  assert.deepEqual(
    returns.map(({ state, refundPaise }) => ({ state, refundPaise })),
    [{ state: 'withdrawn', refundPaise: null }],
  )
  assert.equal(await codeOf(one.browser, api.withdrawReturn, withdraw), 'return_state_forbids')
  assert.equal(
    await codeOf(desk, api.decideReturn, { params: { id }, body: decision(one, 2) }),
    'return_state_forbids',
  )
  assert.deepEqual((await one.look()).payment?.refunds, [])
  assert.notEqual(await ask(one, 1), id)
})

test('a declined return moves neither money nor goods, and the customer reads why', async () => {
  const one = await delivered('prepaid')
  const id = await ask(one, 3)
  const { state } = await decide(id, decision(one, 0, { answer: 'The packs are opened' }))
  assert.equal(state, 'declined')
  const order = await one.look()
  assert.deepEqual(order.payment?.refunds, [])
  assert.equal(order.returns[0]?.answer, 'The packs are opened')
  assert.deepEqual(await shelfOf(bed.database, one.packId), [{ state: 'sellable', units: 70 }])
})

test('cash comes back from the open drawer, or by a transfer whose number is written down', async () => {
  const one = await delivered('cash_on_delivery')
  const first = await ask(one, 1)
  const cash = decision(one, 1, { refundWay: 'cash' })
  const closed = await codeOf(desk, api.decideReturn, { params: { id: first }, body: cash })
  assert.equal(closed, 'drawer_not_open')
  await sent(desk, api.openDrawer, {
    idempotencyKey: randomUUID(),
    body: { floatPaise: 100_000 },
  })
  const { refundPaise } = await decide(first, cash)
  const { rows } = await sql<{ paise: number }>`
    select amount_paise as paise from payments.drawer_movement where kind = 'refund'`.execute(
    bed.database.db,
  )
  assert.deepEqual(rows, [{ paise: -refundPaise! }])
  const second = await ask(one, 2)
  const unnamed = decision(one, 2, { refundWay: 'transfer' })
  const refused = await codeOf(desk, api.decideReturn, { params: { id: second }, body: unnamed })
  assert.equal(refused, 'reason_needed')
  const rest = await decide(second, { ...unnamed, reference: 'UPI 1234' })
  const { deliveryFeePaise, roundOffPaise } = await one.look()
  const goods = one.paidPaise - deliveryFeePaise - roundOffPaise
  // The cash rounding comes back with the whole invoice, its fee included.
  assert.ok(Math.abs(refundPaise! + rest.refundPaise! - goods) <= Math.abs(roundOffPaise))
})

test('what is destroyed leaves the books, and after a week nothing comes back any more', async () => {
  const one = await delivered('prepaid')
  const id = await ask(one, 1)
  const destroyed = decision(one, 1)
  await decide(id, { ...destroyed, lines: [{ ...destroyed.lines[0], fate: 'destroyed' }] })
  assert.deepEqual(await shelfOf(bed.database, one.packId), [{ state: 'sellable', units: 70 }])
  const stranger = await new Browser(bed.web.app).signIn(String(mobiles++))
  const body = { reason: 'damaged', lines: [{ medicineId: one.packId, packs: 1 }] }
  assert.equal(await codeOf(stranger, api.askReturn, { params: { id: one.id }, body }), 'not_found')
  await bed.web.own.moveClock('8 days')
  assert.equal(
    await codeOf(one.browser, api.askReturn, { params: { id: one.id }, body }),
    'return_window_over',
  )
  assert.equal((await one.look()).mayReturn, false)
})
