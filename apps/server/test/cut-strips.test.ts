import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  api,
  type CounterOrder,
  type CounterReturn,
  type Order,
  type Review,
} from '@janta/contracts'
import { sql } from 'kysely'
import { orderOnPrescription, type RxOrder, settle } from './rx-orders-for-tests.ts'
import { addPack, shelfOf } from './shelf-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// A prescription for 55 tablets, an order of six strips of ten: the last strip is cut, the customer gets, pays for and
// is booked with 55, and the other five are the next patient's.

let web: TestWeb
let pharmacist: Browser
let administrator: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  administrator = await new Browser(web.app).signIn(mobileOf.administrator)
  await pharmacist.send(api.startDuty, { body: { hours: 8 } })
})
after(() => web.close())

const sent = async <T>(browser: Browser, ...request: Parameters<Browser['send']>): Promise<T> => {
  const answer = await browser.send(...request)
  assert.ok(answer.statusCode < 300, answer.body)
  return answer.json()
}

const cutting = (packId: string, mayBeCut: boolean) =>
  pharmacist.send(api.setCutting, {
    params: { id: packId },
    body: { mayBeCut, reason: 'Plain tablets in a blister' },
  })

const cutTo = (units: number, packs = 6) => ({
  line: { verdict: 'reduced' as const, packs, units, code: 'qty_exceeds' as const },
})
const thirtyDays = (units: number) => ({ item: { directions: null, writtenUnits: units } })

const look = (order: RxOrder) =>
  sent<Order>(order.browser, api.getOrder, { params: { id: order.id } })
const desk = (order: RxOrder) =>
  sent<CounterOrder>(pharmacist, api.getCounterOrder, { params: { id: order.id } })

/** The customer takes what was approved, and the order is packed as the list says, from a cut strip where one is offered. */
async function takeAndPack(order: RxOrder): Promise<CounterOrder> {
  await sent(order.browser, api.takeApproved, { params: { id: order.id } })
  const { picks, cuts } = await desk(order)
  const [strip] = cuts[0]?.openStrips ?? []
  const whole = picks.map(({ medicineId, batchId, packs }) => ({
    medicineId,
    batchId,
    packs: strip && medicineId === order.rx ? packs - 1 : packs,
  }))
  const piece = strip
    ? [{ medicineId: order.rx, batchId: strip.batchId, packs: 1, fromCutStrip: true }]
    : []
  return sent(pharmacist, api.packOrder, {
    params: { id: order.id },
    body: { picks: [...whole, ...piece] },
  })
}

test('nothing is cut that no pharmacist lets be cut, and a cut is a piece of the last pack', async () => {
  const order = await orderOnPrescription(web)
  const refused = await sent<{ obstacle: string | null }>(pharmacist, api.getCutting, {
    params: { id: order.rx },
  })
  assert.deepEqual(refused, { mayBeCut: false, obstacle: null, last: null })
  await assert.rejects(settle(web, pharmacist, order, { ...cutTo(55), ...thirtyDays(55) }), /422/)
  assert.equal((await cutting(order.rx, true)).statusCode, 201)
  for (const units of [50, 60, 65]) {
    await assert.rejects(settle(web, pharmacist, order, { ...cutTo(units) }), /422/)
  }
  const said = await sent<{ mayBeCut: boolean; last: { reason: string } }>(
    pharmacist,
    api.getCutting,
    { params: { id: order.rx } },
  )
  assert.deepEqual([said.mayBeCut, said.last.reason], [true, 'Plain tablets in a blister'])
  assert.equal((await cutting(randomUUID(), true)).json().code, 'not_found')
  const single = await addPack(web.own.database, { units: 1 })
  assert.equal((await cutting(single, true)).json().code, 'not_cuttable')
})

test('a prescription of 55 tablets leaves as five strips and five tablets, is paid and booked so', async () => {
  const order = await orderOnPrescription(web)
  await cutting(order.rx, true)
  const review: Review = await settle(web, pharmacist, order, { ...cutTo(55), ...thirtyDays(55) })
  assert.deepEqual([review.lines[0]?.approvedPacks, review.lines[0]?.approvedUnits], [6, 55])
  const asked = await look(order)
  assert.equal(asked.state, 'awaiting_choice', 'less than she asked for is her choice')
  assert.equal(asked.lines[0]?.verdict?.approvedUnits, 55)
  const packed = await takeAndPack(order)
  const [line] = packed.lines
  assert.deepEqual([line?.quantity, line?.units], [6, 55])
  assert.equal(line?.amountPaise, Math.floor((line!.pricePaise * 55) / 10))
  const { rows } = await sql`
    select (select sum(units)::integer from prescriptions.item_use where order_id = ${order.id}) as used,
      (select string_agg(packs || ' ' || units, ',') from dispensing.register_entry where order_id = ${order.id}) as registered,
      (select string_agg(packs || ' ' || units, ',') from dispensing.dispensing
        where order_id = ${order.id} and pack_id = ${order.rx}) as dispensed,
      (select line.uqc_quantity::integer from billing.invoice_line as line
        join billing.invoice on invoice.id = line.invoice_id
        where invoice.order_id = ${order.id} and line.pack_id = ${order.rx}) as invoiced,
      (select total_paise::integer from billing.invoice where order_id = ${order.id}) as total`.execute(
    web.own.database.db,
  )
  assert.deepEqual(rows[0], {
    used: 55,
    registered: '6 55',
    dispensed: '6 55',
    invoiced: 55,
    total: packed.totalPaise,
  })
  assert.deepEqual(await shelfOf(web.own.database, order.rx), [
    { state: 'loose', units: 5 },
    { state: 'sellable', units: 240 },
  ])
})

test('the five tablets of a strip cut before are offered first, and the strip held for them is free again', async () => {
  const order = await orderOnPrescription(web)
  await cutting(order.rx, true)
  await sent(pharmacist, api.cutStrips, {
    idempotencyKey: randomUUID(),
    params: { id: order.batchId },
    body: { packs: 1 },
  })
  await settle(web, pharmacist, order, { ...cutTo(55), ...thirtyDays(55) })
  const packed = await takeAndPack(order)
  assert.deepEqual(
    packed.lines[0]?.batches.map(one => one.packs),
    [6],
  )
  assert.deepEqual(packed.cuts, [])
  assert.deepEqual(await shelfOf(web.own.database, order.rx), [
    { state: 'loose', units: 5 },
    { state: 'sellable', units: 240 },
  ])
})

test('a cut order that comes back in two parts is credited to the tablet, and no tablet more', async () => {
  const order = await orderOnPrescription(web)
  await cutting(order.rx, true)
  await settle(web, pharmacist, order, { ...cutTo(55), ...thirtyDays(55) })
  const packed = await takeAndPack(order)
  const params = { id: order.id }
  await sent(pharmacist, api.handOverOrder, { params, body: { rider: 'R. Sample' } })
  const body = { receivedBy: 'S. Sample', collectedPaise: packed.totalPaise }
  await sent(pharmacist, api.deliverOrder, { params, body })
  const giveBack = async (packs: number) => {
    const lines = [{ medicineId: order.rx, packs }]
    const asked = await sent<{ id: string }>(order.browser, api.askReturn, {
      params,
      body: { reason: 'damaged', lines },
    })
    const batch = {
      medicineId: order.rx,
      batchId: order.batchId,
      packs,
      fate: 'destroyed' as const,
    }
    return sent<CounterReturn>(administrator, api.decideReturn, {
      params: { id: asked.id },
      body: { lines: [batch], refundWay: 'credit' },
    })
  }
  const first = await giveBack(2)
  const second = await giveBack(4)
  const { rows } = await sql<{ units: number[]; destroyed: number }>`
    select (select array_agg(line.units::integer order by note.serial) from billing.credit_line as line
        join billing.credit_note as note on note.id = line.credit_note_id
        where note.order_id = ${order.id}) as units,
      (select -sum(on_hand_delta)::integer from stock.movement
        where batch_id = ${order.batchId} and kind = 'written_off') as destroyed`.execute(
    web.own.database.db,
  )
  assert.deepEqual(rows[0], { units: [20, 35], destroyed: 55 })
  assert.equal(first.refundPaise! + second.refundPaise!, packed.lines[0]!.amountPaise)
})
