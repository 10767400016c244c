import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type CounterOrder, type Order, type Pick } from '@janta/contracts'
import { sql } from 'kysely'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { addReadyUpload } from './rx-desk-for-tests.ts'
import { settle } from './rx-orders-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// A prescription medicine from the cart to the invoice: nothing leaves without a pharmacist's yes, and what leaves is
// traceable to the paper, the pharmacist and the batch.

let web: TestWeb
let pharmacist: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  const answer = await pharmacist.send(api.startDuty, { body: { hours: 8 } })
  assert.ok(answer.statusCode < 300 || answer.json().code === 'conflict', answer.body)
})
after(() => web.close())

let mobiles = 9000000800

/** A customer with a prescription medicine and an everyday one in her cart, and a checked file. */
async function customer() {
  const { database } = web.own
  const rx = await addPack(database, { decision: 'prescription' })
  const open = await addPack(database)
  await addLots(database, [
    { packId: rx, packs: 30, mrpPaise: 10_000 },
    { packId: open, packs: 30, mrpPaise: 10_000 },
  ])
  const browser = await new Browser(web.app).signIn(String(mobiles++))
  await putInCart(browser, rx, 6)
  const cart = await putInCart(browser, open, 2)
  const personId = (await browser.send(api.getMe)).json().person.id
  return { browser, rx, open, cart, uploadId: await addReadyUpload(database, personId) }
}

async function order(one: Awaited<ReturnType<typeof customer>>): Promise<Order> {
  const answer = await one.browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'cash_on_delivery',
      prescription: { uploadIds: [one.uploadId] },
      cartVersion: one.cart.version,
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}

const look = async (browser: Browser, id: string): Promise<Order> =>
  (await browser.send(api.getOrder, { params: { id } })).json()

async function pack(id: string) {
  const found: CounterOrder = (
    await pharmacist.send(api.getCounterOrder, { params: { id } })
  ).json()
  return pharmacist.send(api.packOrder, {
    params: { id },
    body: {
      picks: found.picks.map(({ medicineId, batchId, packs }: Pick) => ({
        medicineId,
        batchId,
        packs,
      })),
    },
  })
}

test('an order with a prescription waits for the pharmacist, is approved, packed and invoiced in her name', async () => {
  const one = await customer()
  const { id, state, lines } = await order(one)
  assert.equal(state, 'awaiting_prescription')
  assert.deepEqual(
    lines.map(line => line.needsPrescription),
    [true, false],
  )
  const early = await pharmacist.send(api.packOrder, {
    params: { id },
    body: { picks: [{ medicineId: one.open, batchId: randomUUID(), packs: 1 }] },
  })
  assert.equal(early.json().code, 'order_state_forbids')
  await settle(web, pharmacist, { id, rx: one.rx })
  const placed = await look(one.browser, id)
  assert.equal(placed.state, 'placed')
  assert.equal(placed.lines[0]?.verdict?.verdict, 'approved')
  const packed = await pack(id)
  assert.equal(packed.statusCode, 201, packed.body)
  const { rows } = await sql<{ used: number; invoiced: string; total: number; registered: string }>`
    select (select sum(units)::integer from prescriptions.item_use where order_id = ${id}) as used,
      (select number from billing.invoice where order_id = ${id}) as invoiced,
      (select total_paise from billing.invoice where order_id = ${id}) as total,
      (select string_agg(serial || ' ' || units, ',') from dispensing.register_entry where order_id = ${id}) as registered`.execute(
    web.own.database.db,
  )
  assert.equal(rows[0]?.used, 60)
  assert.match(rows[0]?.invoiced ?? '', /^[A-Z0-9/-]{1,16}$/)
  assert.equal(rows[0]?.total, packed.json().totalPaise)
  assert.match(rows[0]?.registered ?? '', /^\d+ 60$/, 'the register wrote itself')
})

test('a packed prescription order that is cancelled is credited, and the prescribed quantity is there again', async () => {
  const one = await customer()
  const { id } = await order(one)
  await settle(web, pharmacist, { id, rx: one.rx })
  assert.equal((await pack(id)).statusCode, 201)
  const answer = await pharmacist.send(api.cancelOrderByStaff, {
    params: { id },
    body: { reason: 'customer_unreachable' },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const { rows } = await sql<{ left: number; credited: boolean }>`
    select (select sum(case kind when 'dispensed' then units else -units end)::integer
        from prescriptions.item_use where order_id = ${id}) as left,
      (select net_paise from billing.credit_note where order_id = ${id})
        = (select net_paise from billing.invoice where order_id = ${id}) as credited`.execute(
    web.own.database.db,
  )
  assert.deepEqual(rows[0], { left: 0, credited: true })
})

test('a part that is not approved is the customer’s choice: she takes the rest, and nothing else leaves', async () => {
  const one = await customer()
  const { id } = await order(one)
  await settle(
    web,
    pharmacist,
    { id, rx: one.rx },
    { line: { verdict: 'refused', packs: null, code: 'illegible', item: null } },
  )
  const asked = await look(one.browser, id)
  assert.equal(asked.state, 'awaiting_choice')
  assert.equal(asked.mayChoose, true)
  assert.equal(asked.lines[0]?.verdict?.code, 'illegible')
  const stranger = await new Browser(web.app).signIn(String(mobiles++))
  const refused = await stranger.send(api.takeApproved, { params: { id } })
  assert.equal(refused.statusCode, 404)
  const taken = await one.browser.send(api.takeApproved, { params: { id } })
  assert.equal(taken.statusCode, 201, taken.body)
  const rest: Order = taken.json()
  assert.equal(rest.state, 'placed')
  assert.deepEqual(
    rest.lines.map(line => [line.quantity, line.askedQuantity ?? line.quantity]),
    [
      [0, 6],
      [2, 2],
    ],
  )
  assert.equal(rest.itemsPaise, rest.lines[1]!.amountPaise)
  const packed = await pack(id)
  assert.equal(packed.statusCode, 201, packed.body)
})

test('an order of which nothing is approved ends, and says why', async () => {
  const one = await customer()
  await putInCart(one.browser, one.open, 0)
  const cart = (await one.browser.send(api.getCart)).json()
  const { id } = await order({ ...one, cart })
  await settle(
    web,
    pharmacist,
    { id, rx: one.rx },
    { line: { verdict: 'refused', packs: null, code: 'no_date', item: null } },
  )
  const ended = await look(one.browser, id)
  assert.equal(ended.state, 'cancelled')
  assert.equal(ended.cancellation?.reason, 'prescription_refused')
})

test('another person’s file, and none at all, are refused and lose nothing', async () => {
  const one = await customer()
  const other = await customer()
  const answer = await one.browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'cash_on_delivery',
      prescription: { uploadIds: [other.uploadId] },
      cartVersion: one.cart.version,
    },
  })
  assert.equal(answer.statusCode, 404, answer.body)
  const without = await one.browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'cash_on_delivery',
      cartVersion: one.cart.version,
    },
  })
  assert.equal(without.json().code, 'prescription_needed')
  assert.equal((await one.browser.send(api.getCart)).json().lines.length, 2)
})

test('a Schedule H1 medicine is not brought to the door by default; at the store it is ordered with its prescription', async () => {
  const { database } = web.own
  const h1 = await addPack(database, { decision: 'h1' })
  await addLots(database, [{ packId: h1, packs: 10, mrpPaise: 10_000 }])
  const browser = await new Browser(web.app).signIn(String(mobiles++))
  const cart = await putInCart(browser, h1, 1)
  const personId = (await browser.send(api.getMe)).json().person.id
  const ask = async (fulfilment: 'delivery' | 'pickup', more = {}) =>
    browser.send(api.placeOrder, {
      idempotencyKey: randomUUID(),
      body: {
        address: sampleAddress,
        paymentMethod: 'cash_on_delivery',
        fulfilment,
        cartVersion: cart.version,
        ...more,
      },
    })
  const prescription = { uploadIds: [await addReadyUpload(database, personId)] }
  const toTheDoor = await ask('delivery', { prescription })
  assert.equal(toTheDoor.json().code, 'medicine_not_delivered_here', toTheDoor.body)
  assert.equal((await ask('pickup')).json().code, 'prescription_needed')
  const collected = await ask('pickup', { prescription })
  assert.equal(collected.statusCode, 201, collected.body)
  const { id, state }: Order = collected.json()
  assert.equal(state, 'awaiting_prescription')
  await settle(web, pharmacist, { id, rx: h1 })
  assert.equal((await look(browser, id)).state, 'placed')
})
