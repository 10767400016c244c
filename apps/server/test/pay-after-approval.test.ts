import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type Order } from '@janta/contracts'
import { sql } from 'kysely'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { findReservations } from '#modules/stock'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { type PayBed, payBed } from './payments-for-tests.ts'
import { addPharmacist, addReadyUpload } from './rx-desk-for-tests.ts'
import { hear, settle } from './rx-orders-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser } from './web-for-tests.ts'

// An order on prescription that is paid online: nobody is asked for money before a pharmacist said yes, and then only
// for what she said yes to, while the packs wait on the shelf.

let bed: PayBed
let pharmacist: Browser
before(async () => {
  bed = await payBed()
  await loadPinCodes(bed.database)
  await loadSampleDelivery(bed.database)
  const { personId } = await addPharmacist(bed.database)
  const { rows } = await sql<{ mobile: string }>`
    select mobile from identity.person where id = ${personId}`.execute(bed.database.db)
  pharmacist = await new Browser(bed.web.app).signIn(rows[0]!.mobile.slice(-10))
})
after(() => bed.close())

let mobiles = 9000000950

/** Orders six strips on prescription and two everyday packs, to be paid online. */
async function orderOnline() {
  const rx = await addPack(bed.database, { decision: 'prescription' })
  const open = await addPack(bed.database)
  await addLots(bed.database, [
    { packId: rx, packs: 6, mrpPaise: 10_000 },
    { packId: open, packs: 2, mrpPaise: 10_000 },
  ])
  const browser = await new Browser(bed.web.app).signIn(String(mobiles++))
  await putInCart(browser, rx, 6)
  const cart = await putInCart(browser, open, 2)
  const personId = (await browser.send(api.getMe)).json().person.id
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'prepaid',
      prescription: { uploadIds: [await addReadyUpload(bed.database, personId)] },
      cartVersion: cart.version,
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id, state }: Order = answer.json()
  assert.equal(state, 'awaiting_prescription')
  const look = async (): Promise<Order> =>
    (await browser.send(api.getOrder, { params: { id } })).json()
  const begin = () => browser.send(api.beginPayment, { params: { id } })
  return { id, rx, open, browser, look, begin }
}

/** What is held for an order, how long still, and how often its customer was told that it waits for her money. */
async function heldFor(orderId: string) {
  const { rows } = await sql<{ hours: number; told: number }>`
    select (select extract(epoch from held_until - kernel.now()) / 3600 from ordering.order where id = ${orderId})::float8
        as hours,
      (select count(*)::integer from kernel.event where name = 'ordering.order_awaiting'
        and payload ->> 'orderId' = ${orderId} and payload ->> 'state' = 'awaiting_payment') as told`.execute(
    bed.database.db,
  )
  const held = await findReservations(bed.database.db, [orderId])
  return { ...rows[0]!, packs: held.reduce((sum, one) => sum + one.packs, 0) }
}

async function pay(one: Awaited<ReturnType<typeof orderOnline>>) {
  const begun = await one.begin()
  assert.ok(begun.statusCode < 300, begun.body)
  bed.gateway.bank.act(begun.json().gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  await hear(bed.web, 'payments.captured', one.id)
}

test('money is asked for only after the pharmacist’s yes, by a link that holds a day, with the packs kept', async () => {
  const one = await orderOnline()
  assert.equal((await one.look()).mayPay, false)
  assert.ok((await one.begin()).statusCode >= 400, 'money was taken before a pharmacist looked')
  assert.equal((await heldFor(one.id)).packs, 8)
  await settle(bed.web, pharmacist, one)
  const asked = await one.look()
  assert.deepEqual([asked.state, asked.mayPay], ['awaiting_payment', true])
  assert.equal(asked.payment?.amountPaise, asked.totalPaise)
  const { packs, hours, told } = await heldFor(one.id)
  assert.deepEqual([packs, told], [8, 1])
  assert.ok(hours > 23 && hours <= 24, `${hours} hours`)
  await hear(bed.web, 'prescriptions.review_decided', one.id)
  assert.equal((await heldFor(one.id)).told, 1, 'heard twice, told twice')
  await pay(one)
  const placed = await one.look()
  assert.deepEqual([placed.state, placed.payment?.paidPaise], ['placed', placed.totalPaise])
  assert.equal((await heldFor(one.id)).packs, 8)
})

test('what was not approved is not asked to be paid: she takes the rest and pays for that', async () => {
  const one = await orderOnline()
  const line = { verdict: 'refused' as const, packs: null, code: 'illegible' as const, item: null }
  await settle(bed.web, pharmacist, one, { line })
  assert.deepEqual(
    [(await one.look()).state, (await one.look()).mayPay],
    ['awaiting_choice', false],
  )
  const taken = await one.browser.send(api.takeApproved, { params: { id: one.id } })
  assert.equal(taken.statusCode, 201, taken.body)
  const rest = await one.look()
  assert.deepEqual([rest.state, rest.itemsPaise], ['awaiting_payment', rest.lines[1]!.amountPaise])
  assert.equal(rest.payment?.amountPaise, rest.totalPaise)
  assert.equal((await heldFor(one.id)).packs, 2)
  await pay(one)
  assert.equal((await one.look()).payment?.paidPaise, rest.totalPaise)
})

test('who gives the order up at that choice was never asked for money, and its packs are free', async () => {
  const one = await orderOnline()
  const none = { verdict: 'refused' as const, packs: null, code: 'no_date' as const, item: null }
  await settle(bed.web, pharmacist, one, { line: none })
  const given = await one.browser.send(api.cancelOrder, {
    params: { id: one.id },
    body: { reason: 'other' },
  })
  assert.equal(given.statusCode, 201, given.body)
  const { state, payment } = await one.look()
  assert.deepEqual([state, payment?.paidPaise ?? 0], ['cancelled', 0])
  assert.deepEqual([(await heldFor(one.id)).packs, (await heldFor(one.id)).told], [0, 0])
  assert.ok((await one.begin()).statusCode >= 400)
})
