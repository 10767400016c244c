import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { CounterOrder, Order, Recall } from '@janta/contracts'
import { sql } from 'kysely'
import { orderOf, putInCart } from './orders-for-tests.ts'
import { refillBlockedOrders, resumeHeldOrders } from '../src/modules/ordering/refill-orders.ts'
import { tellBuyers } from '../src/modules/recall/tell-buyers.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let pharmacist: Browser
let customer: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  customer = await new Browser(web.app).signIn(mobileOf.customer)
})
after(() => web.close())

/** A pack with two lots; the first to expire is the one a recall will name. */
async function shelf(packs: readonly [number, number]) {
  const packId = await addPack(web.own.database)
  const [recalled] = await addLots(web.own.database, [
    { packId, packs: packs[0], expiry: '2097-01', batchNumber: 'BAD1' },
  ])
  if (packs[1] > 0) {
    await addLots(web.own.database, [
      { packId, packs: packs[1], expiry: '2098-01', batchNumber: 'GOOD1' },
    ])
  }
  return { packId, recalled: recalled! }
}
async function order(packId: string, quantity: number): Promise<Order> {
  const cart = await putInCart(customer, packId, quantity)
  const answer = await customer.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}
const seen = async (id: string): Promise<CounterOrder> =>
  (await pharmacist.send(api.getCounterOrder, { params: { id } })).json()
async function pack(id: string) {
  const { picks } = await seen(id)
  return pharmacist.send(api.packOrder, {
    params: { id },
    body: {
      picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
    },
  })
}
async function open(medicineId: string, more: object = {}): Promise<Recall> {
  const answer = await pharmacist.send(api.openRecall, {
    idempotencyKey: randomUUID(),
    body: {
      recallClass: 'II',
      level: 'consumer',
      source: 'Letter 17 of the maker',
      reason: 'Fails dissolution',
      medicineId,
      batchNumbers: [' bad1 '],
      ...more,
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}
const act = (endpoint: Parameters<Browser['send']>[0], id: string, body?: object) =>
  pharmacist.send(endpoint, {
    params: { id },
    ...(endpoint.idempotent && { idempotencyKey: randomUUID() }),
    ...(body && { body }),
  })

test('a recall blocks at once, fills placed orders from another batch, and ends when every unit is accounted for', async () => {
  const { packId, recalled } = await shelf([5, 10])
  const sold = await order(packId, 2)
  assert.equal((await pack(sold.id)).statusCode, 201)
  const waiting = await order(packId, 1)
  const opened = await open(packId)
  assert.equal(opened.buyers, 1)
  assert.deepEqual(
    opened.batches.map(one => [
      one.receivedUnits,
      one.onHandUnits,
      one.soldUnits,
      one.isReconciled,
    ]),
    [[50, 30, 20, true]],
  )
  const refused = await pack(waiting.id)
  assert.equal(refused.json().code, 'batch_not_issuable', 'a recalled pack could be packed')
  await refillBlockedOrders(web.own.database, [recalled])
  const picks = (await seen(waiting.id)).picks
  assert.deepEqual(
    picks.map(one => one.batchNumber),
    ['GOOD1'],
  )
  assert.equal((await pack(waiting.id)).statusCode, 201)

  const buyers = (await pharmacist.send(api.listRecallBuyers, { params: { id: opened.id } })).json()
  assert.deepEqual(
    buyers.items.map((one: { orderId: string; packs: number }) => [one.orderId, one.packs]),
    [[sold.id, 2]],
  )
  const patients = await pharmacist.send(api.listBatchPatients, { params: { id: recalled } })
  assert.deepEqual(
    patients.json().items.map((one: Record<string, unknown>) => [one.orderId, one.patientName]),
    [[sold.id, null]],
    'sold without a prescription, so nobody’s name but the receiver’s is known',
  )
  const nobodys = await pharmacist.send(api.listBatchPatients, { params: { id: opened.id } })
  assert.equal(nobodys.statusCode, 404)
  const collect = (units: number) =>
    act(api.recordRecallContact, opened.id, {
      orderId: sold.id,
      outcome: 'collected',
      collected: { batchId: recalled, units },
    })
  assert.equal((await collect(21)).json().code, 'return_exceeds_sale')
  assert.equal((await collect(15)).statusCode, 201)
  assert.equal((await act(api.closeRecall, opened.id)).json().code, 'recall_not_reconciled')
  const dispose = (kind: string, units: number) =>
    act(api.recordRecallDisposal, opened.id, { batchId: recalled, units, kind, note: 'Note 9' })
  assert.equal((await dispose('sent_back', 40)).statusCode, 201)
  assert.equal((await dispose('destroyed', 6)).json().code, 'out_of_stock')
  assert.equal((await dispose('destroyed', 5)).statusCode, 201)
  const closed: Recall = (await act(api.closeRecall, opened.id)).json()
  assert.equal(closed.state, 'closed')
  assert.deepEqual(closed.contacts, { collected: 1 })
  const [batch] = closed.batches
  assert.deepEqual(
    [batch!.onHandUnits, batch!.returnedUnits, batch!.sentBackUnits, batch!.destroyedUnits],
    [0, 15, 40, 5],
  )
  assert.equal((await collect(1)).json().code, 'recall_state_forbids')
})

test('a packet packed before the recall stays in the store; cancelled, its units are destroyed, not sold again', async () => {
  const { packId, recalled } = await shelf([5, 0])
  const packed = await order(packId, 2)
  assert.equal((await pack(packed.id)).statusCode, 201)
  const opened = await open(packId)
  const left = await act(api.handOverOrder, packed.id, { rider: 'Rider Sample' })
  assert.deepEqual([left.statusCode, left.json().code], [409, 'packed_batch_blocked'])
  assert.match(left.json().detail, /BAD1/)
  const cancelled = await act(api.cancelOrderByStaff, packed.id, { reason: 'other' })
  assert.equal(cancelled.statusCode, 201, cancelled.body)
  const destroyed = await act(api.recordRecallDisposal, opened.id, {
    batchId: recalled,
    units: 50,
    kind: 'destroyed',
    note: 'Note 11',
  })
  assert.equal(destroyed.statusCode, 201, destroyed.body)
  assert.equal((await act(api.closeRecall, opened.id)).statusCode, 201)
})

test('one act has every buyer told, each once; what is handed in is to be refunded; a drill tells nobody', async () => {
  const { packId, recalled } = await shelf([5, 0])
  const sold = await order(packId, 1)
  await pack(sold.id)
  const opened = await open(packId)
  const telling = await act(api.tellRecallBuyers, opened.id)
  assert.equal(telling.statusCode, 201, telling.body)
  assert.equal(await tellBuyers(web.own.database, opened.id), 1)
  assert.equal(
    await tellBuyers(web.own.database, opened.id),
    0,
    'a repeated job told somebody twice',
  )
  const collected = { batchId: recalled, units: 10 }
  await act(api.recordRecallContact, opened.id, {
    orderId: sold.id,
    outcome: 'collected',
    collected,
  })
  const { rows } = await sql<{ name: string; orderId: string }>`
    select name, payload->>'orderId' as "orderId" from kernel.event
    where payload->>'recallId' = ${opened.id} and name in ('recall.buyer_to_tell', 'recall.refund_due')
    order by id`.execute(web.own.database.db)
  assert.deepEqual(
    rows.map(row => [row.name, row.orderId]),
    [
      ['recall.buyer_to_tell', sold.id],
      ['recall.refund_due', sold.id],
    ],
  )
  const seenAgain: Recall = (await act(api.getRecall, opened.id)).json()
  assert.deepEqual([seenAgain.askedToTell, seenAgain.contacts], [1, { collected: 1 }])
  const drill = await open(packId, { isMock: true })
  assert.equal((await act(api.tellRecallBuyers, drill.id)).json().code, 'recall_state_forbids')
  const { drillDueOn } = (await pharmacist.send(api.listRecalls)).json()
  assert.ok(drillDueOn > drill.openedAt.slice(0, 10))
})

test('with nothing else on the shelf the order waits on hold and the customer is told; new goods fill it', async () => {
  const { packId, recalled } = await shelf([3, 0])
  const waiting = await order(packId, 2)
  await open(packId)
  await refillBlockedOrders(web.own.database, [recalled])
  await refillBlockedOrders(web.own.database, [recalled])
  assert.equal((await pack(waiting.id)).statusCode, 400, 'nothing is left to pick')
  const packing = await pharmacist.send(api.packOrder, {
    params: { id: waiting.id },
    body: { picks: [{ medicineId: packId, batchId: recalled, packs: 2 }] },
  })
  assert.equal(packing.json().code, 'order_on_hold')
  assert.deepEqual(await eventsOf(waiting.id), ['ordering.order_put_on_hold'])
  await addLots(web.own.database, [{ packId, packs: 4, expiry: '2098-01' }])
  await resumeHeldOrders(web.own.database)
  assert.deepEqual(await eventsOf(waiting.id), [
    'ordering.order_put_on_hold',
    'ordering.order_resumed',
  ])
  assert.equal((await pack(waiting.id)).statusCode, 201)
})

async function eventsOf(orderId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from kernel.event where payload ->> 'orderId' = ${orderId}
      and name in ('ordering.order_put_on_hold', 'ordering.order_resumed') order by id`.execute(
    web.own.database.db,
  )
  return rows.map(row => row.name)
}

test('a drill lists the buyers and blocks nothing', async () => {
  const { packId, recalled } = await shelf([4, 0])
  const sold = await order(packId, 1)
  assert.equal((await pack(sold.id)).statusCode, 201)
  const drill = await open(packId, { isMock: true })
  assert.equal(drill.buyers, 1)
  assert.equal((await pack((await order(packId, 1)).id)).statusCode, 201)
  const moved = await act(api.recordRecallDisposal, drill.id, {
    batchId: recalled,
    units: 1,
    kind: 'destroyed',
    note: 'N',
  })
  assert.equal(moved.json().code, 'recall_state_forbids')
  assert.equal((await act(api.closeRecall, drill.id)).json().state, 'closed')
})

test('a batch that never came here is named, and a repeat of the same form opens one recall', async () => {
  const { packId } = await shelf([1, 0])
  const body = {
    recallClass: 'I',
    level: 'retail',
    source: 'S',
    reason: 'R',
    medicineId: packId,
    batchNumbers: ['BAD1'],
  }
  const key = randomUUID()
  const first = await pharmacist.send(api.openRecall, { idempotencyKey: key, body })
  const again = await pharmacist.send(api.openRecall, { idempotencyKey: key, body })
  assert.equal(first.json().id, again.json().id)
  const unknown = await pharmacist.send(api.openRecall, {
    idempotencyKey: randomUUID(),
    body: { ...body, batchNumbers: ['BAD1', 'NEVER'] },
  })
  assert.equal(unknown.json().code, 'batch_unknown')
  const { items } = (await pharmacist.send(api.listRecalls, { query: { limit: 50 } })).json()
  assert.equal(items.filter((one: Recall) => one.medicineId === packId).length, 1)
})
