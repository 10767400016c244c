import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  api,
  type MyQuestion,
  type Order,
  prescriptionRoundsMax,
  type Review,
} from '@janta/contracts'
import { sql } from 'kysely'
import { cancelLapsedOrders } from '../src/modules/ordering/cancel-lapsed-orders.ts'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { addReadyUpload } from './rx-desk-for-tests.ts'
import { hear, picksFor, reviewOf, settle } from './rx-orders-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// Of two medicines one was not approved. The customer who waits for her doctor sends what he wrote anew, and the order
// goes on; and waiting has an end.

let web: TestWeb
let pharmacist: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  const answer = await pharmacist.send(api.startDuty, { body: { hours: 8 } })
  assert.ok(answer.statusCode < 300 || answer.json().code === 'conflict', answer.body)
})
after(() => web.close())

const illegible = { verdict: 'refused', packs: null, code: 'illegible', item: null } as const
let mobiles = 9000000700

interface Waiting {
  readonly id: string
  readonly browser: Browser
  readonly first: string
  readonly second: string
}

/** Two Schedule H medicines ordered on one file. */
async function ordered(): Promise<Waiting> {
  const { database } = web.own
  const first = await addPack(database, { decision: 'prescription' })
  const second = await addPack(database, { decision: 'prescription' })
  await addLots(database, [
    { packId: first, packs: 30 },
    { packId: second, packs: 30 },
  ])
  const browser = await new Browser(web.app).signIn(String(mobiles++))
  await putInCart(browser, first, 6)
  const { version } = await putInCart(browser, second, 6)
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'cash_on_delivery',
      prescription: { uploadIds: [await fileOf(browser)] },
      cartVersion: version,
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return { id: answer.json().id, browser, first, second }
}

/** The first is approved on its paper, the second is not: the order waits for the customer. */
async function choosing(): Promise<Waiting> {
  const order = await ordered()
  await settle(
    web,
    pharmacist,
    { id: order.id, rx: [order.first, order.second] },
    { line: illegible, only: order.second },
  )
  assert.equal((await look(order)).state, 'awaiting_choice')
  return order
}

async function fileOf(browser: Browser): Promise<string> {
  const personId = (await browser.send(api.getMe)).json().person.id
  return addReadyUpload(web.own.database, personId)
}

const look = async ({ browser, id }: Waiting): Promise<Order> =>
  (await browser.send(api.getOrder, { params: { id } })).json()

const send = ({ browser, id }: Waiting, uploadIds: string[]) =>
  browser.send(api.addPrescription, { params: { id }, body: { uploadIds } })

test('a customer who waits sends a better paper: what was approved stays, the rest is read, and all of it leaves', async () => {
  const order = await choosing()
  assert.equal((await look(order)).mayAddPrescription, true)
  const sent = await send(order, [await fileOf(order.browser)])
  assert.equal(sent.statusCode, 201, sent.body)
  assert.equal(sent.json().state, 'awaiting_prescription')
  // The news of the first decision comes late, and changes nothing.
  await hear(web, 'prescriptions.review_decided', order.id)
  assert.equal((await look(order)).state, 'awaiting_prescription')

  const params = { id: await reviewOf(web, order.id) }
  const opened: Review = (await pharmacist.send(api.getReview, { params })).json()
  assert.equal(opened.uploads.length, 2)
  assert.deepEqual(
    opened.lines.map(line => line.verdict),
    ['approved', null],
  )
  assert.deepEqual(opened.prescriptions, [], 'what was approved is not read a second time')
  assert.equal(opened.earlier[0]?.items[0]?.id, opened.lines[0]?.itemId)

  await settle(web, pharmacist, { id: order.id, rx: order.second })
  const placed = await look(order)
  assert.equal(placed.state, 'placed')
  assert.deepEqual(
    placed.timeline.map(one => one.state),
    ['awaiting_prescription', 'awaiting_choice', 'awaiting_prescription', 'placed'],
  )
  assert.deepEqual(
    placed.lines.map(line => [line.quantity, line.verdict?.verdict]),
    [
      [6, 'approved'],
      [6, 'approved'],
    ],
  )
  const picks = await picksFor(pharmacist, order.id)
  const packed = await pharmacist.send(api.packOrder, { params: { id: order.id }, body: { picks } })
  assert.equal(packed.statusCode, 201, packed.body)
  const { rows } = await sql<{ papers: number; units: number }>`
    select count(distinct prescription_id)::integer as papers, sum(units)::integer as units
    from dispensing.register_entry where order_id = ${order.id}`.execute(web.own.database.db)
  assert.deepEqual(rows[0], { papers: 2, units: 120 })
})

test('a sharper photo answers the question for one, and the prescription waits for a pharmacist again', async () => {
  const order = await ordered()
  const params = { id: await reviewOf(web, order.id) }
  await pharmacist.send(api.claimReview, { params, body: { takeOver: false } })
  const asked = await pharmacist.send(api.askCustomer, {
    params,
    idempotencyKey: randomUUID(),
    body: { code: 'clearer_photo', words: null },
  })
  assert.ok(asked.statusCode < 300, asked.body)
  const file = await fileOf(order.browser)
  assert.equal((await send(order, [file])).statusCode, 201)
  assert.equal((await send(order, [file])).statusCode, 201, 'sent twice is sent once')
  const review: Review = (await pharmacist.send(api.getReview, { params })).json()
  assert.equal(review.state, 'waiting')
  assert.equal(review.uploads.length, 2)
  const { items } = (await order.browser.send(api.listMyQuestions)).json() as {
    items: MyQuestion[]
  }
  assert.match(items[0]?.answer ?? '', /another file/)
  await settle(web, pharmacist, { id: order.id, rx: [order.first, order.second] })
  const late = await send(order, [await fileOf(order.browser)])
  assert.equal(late.json().code, 'order_state_forbids', 'a placed order needs no further paper')
})

test('another person’s file is refused, and neither the order nor the review moves', async () => {
  const order = await choosing()
  const other = await new Browser(web.app).signIn(String(mobiles++))
  assert.equal((await send(order, [await fileOf(other)])).statusCode, 404)
  assert.equal((await send({ ...order, browser: other }, [await fileOf(other)])).statusCode, 404)
  const still = await look(order)
  assert.equal(still.state, 'awaiting_choice')
  assert.equal(still.lines[0]?.verdict?.verdict, 'approved')
})

test('an approved part is not taken while a pharmacist reads its paper again', async () => {
  const order = await choosing()
  const { rows } = await sql<{ id: string }>`
    select id from prescriptions.prescription where state = 'approved'
      and review_id = ${await reviewOf(web, order.id)}`.execute(web.own.database.db)
  const revoked = await pharmacist.send(api.revokePrescription, {
    params: { id: rows[0]!.id },
    body: { reason: 'Read for the wrong patient' },
  })
  assert.ok(revoked.statusCode < 300, revoked.body)
  const params = { id: order.id }
  const taken = await order.browser.send(api.takeApproved, { params })
  assert.equal(taken.json().code, 'order_state_forbids', taken.body)
  assert.equal((await look(order)).lines[0]?.quantity, 6)
})

test('waiting has an end: so many papers, then she chooses; and without an answer the order ends by itself', async () => {
  const order = await choosing()
  for (let round = 1; round < prescriptionRoundsMax; round++) {
    assert.equal((await send(order, [await fileOf(order.browser)])).statusCode, 201)
    await settle(web, pharmacist, { id: order.id, rx: order.second }, { line: illegible })
    assert.equal((await look(order)).state, 'awaiting_choice')
  }
  assert.equal((await look(order)).mayAddPrescription, false)
  const tooMany = await send(order, [await fileOf(order.browser)])
  assert.equal(tooMany.json().code, 'order_state_forbids')
  await web.own.moveClock('49 hours')
  await cancelLapsedOrders(web.own.database)
  const ended = await look(order)
  assert.equal(ended.state, 'cancelled')
  assert.equal(ended.cancellation?.reason, 'not_answered_in_time')
})
