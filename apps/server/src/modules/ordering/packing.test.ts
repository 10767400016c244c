import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { CounterOrder } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { loadSampleBilling } from '#modules/billing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { findAvailability } from '#modules/stock'
import {
  addLots,
  addPack,
  dispensedFor,
  markBatch,
  monthFromToday,
  personCaller,
  setPrice,
  shelfOf,
} from '#test/shelf-for-tests'
import { cancelOrderByStaff } from './cancel-order.ts'
import { deliverOrder } from './deliver-order.ts'
import { findCart } from './find-cart.ts'
import { findCounterOrder, findCounterOrders } from './find-counter-orders.ts'
import { handOverOrder } from './hand-over-order.ts'
import { packOrder, type PickConfirmed } from './pack-order.ts'
import { placeOrder } from './place-order.ts'
import { putCartLine } from './put-cart-line.ts'
import { returnOrder } from './return-order.ts'

let own: TestDatabase
const pharmacist = personCaller()
before(async () => {
  own = await testDatabase()
  await loadPinCodes(own.database)
  await loadSampleDelivery(own.database)
  await loadSampleBilling(own.database)
})
after(() => own.close())

const address = {
  recipientName: 'Sunita Sample',
  mobile: '9000000001',
  line1: '12 Invented Lane',
  city: 'Indore',
  pin: '452001',
}
const place = async (packId: string, quantity: number): Promise<CounterOrder> => {
  const caller = personCaller()
  await putCartLine(own.database, caller, { packId, quantity })
  const { version: cartVersion } = await findCart(own.database.reads, caller, 'en')
  const body = { address, paymentMethod: 'cash_on_delivery', cartVersion } as const
  const { id } = await placeOrder(own.database, caller, randomUUID(), body)
  return seen(id)
}
const seen = (id: string) => findCounterOrder(own.database.reads, id)
const picksOf = (order: CounterOrder): PickConfirmed[] =>
  order.picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs }))
const pack = (order: CounterOrder, picks = picksOf(order)) =>
  packOrder(own.database, pharmacist, { id: order.id, picks })
const free = async (packId: string) =>
  (await findAvailability(own.database.reads, [packId])).get(packId)?.availablePacks
const dispensed = (id: string) => dispensedFor(own.database, id)

test('a packed order leaves the shelf from the batches picked, and the dispensing book names them', async () => {
  const packId = await addPack(own.database)
  const [soon, late] = await addLots(own.database, [
    { packId, packs: 1, expiry: '2097-01' },
    { packId, packs: 5, expiry: '2098-01', batchNumber: 'LATE' },
  ])
  const order = await place(packId, 3)
  assert.deepEqual(picksOf(order), [
    { medicineId: packId, batchId: soon, packs: 1 },
    { medicineId: packId, batchId: late, packs: 2 },
  ])
  await pack(order)
  const packed = await seen(order.id)
  assert.equal(packed.state, 'packed')
  assert.deepEqual(packed.picks, [])
  assert.deepEqual(
    packed.lines[0]?.batches.map(batch => batch.packs),
    [1, 2],
  )
  assert.equal((await dispensed(order.id)).length, 2)
  await assert.rejects(pack(order), { code: 'order_state_forbids' })
})

test('two pharmacists who pack one order at once pack it once', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 5 }])
  const order = await place(packId, 2)
  const answers = await Promise.allSettled([pack(order), pack(order), pack(order)])
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
  assert.equal((await dispensed(order.id)).length, 1)
  assert.equal(await free(packId), 3)
})

test('another batch needs a reason, frees the reserved one, and a lower MRP lowers the price', async () => {
  const packId = await addPack(own.database)
  const [reserved] = await addLots(own.database, [{ packId, packs: 2, expiry: '2097-01' }])
  const [other] = await addLots(own.database, [
    { packId, packs: 2, expiry: '2098-01', mrpPaise: 8_000 },
  ])
  await setPrice(own.database, packId, 9_000, 10_000)
  const order = await place(packId, 2)
  const exchanged = (reason?: string) => [{ medicineId: packId, batchId: other!, packs: 2, reason }]
  await assert.rejects(pack(order, exchanged()), { code: 'reason_needed' })
  await pack(order, exchanged('reserved strips are torn'))
  const [row] = await dispensed(order.id)
  assert.deepEqual(row, {
    batchId: other,
    packs: 2,
    pricePaise: 8_000,
    reason: 'reserved strips are torn',
  })
  const packed = await seen(order.id)
  assert.equal(packed.itemsPaise, 16_000)
  assert.equal(packed.lines[0]?.shownPricePaise, 9_000)
  assert.equal((await place(packId, 2)).picks[0]?.batchId, reserved)
})

test('a pick that is not the order is refused and packs nothing', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 9 }])
  const order = await place(packId, 3)
  const medicineId = packId
  await assert.rejects(pack(order, [{ medicineId, batchId: batchId!, packs: 2 }]), {
    code: 'pick_incomplete',
  })
  await assert.rejects(pack(order, [{ medicineId, batchId: randomUUID(), packs: 3 }]), {
    code: 'batch_not_issuable',
  })
  assert.equal((await seen(order.id)).state, 'placed')
  await pack(order, [
    { medicineId, batchId: batchId!, packs: 1 },
    { medicineId, batchId: batchId!, packs: 2 },
  ])
  assert.equal((await dispensed(order.id))[0]?.packs, 3)
})

test('a batch recalled after the order stops at the packing table; so does an expired one', async () => {
  const packId = await addPack(own.database)
  const [recalled, good] = await addLots(own.database, [
    { packId, packs: 1, expiry: '2097-01' },
    { packId, packs: 5, batchNumber: 'GOOD' },
  ])
  const order = await place(packId, 1)
  await markBatch(own.database, recalled!, 'recalled')
  await assert.rejects(pack(order), { code: 'batch_not_issuable' })
  await pack(order, [{ medicineId: packId, batchId: good!, packs: 1, reason: 'recalled' }])

  const ageing = await addPack(own.database)
  await addLots(own.database, [
    { packId: ageing, packs: 1, expiry: await monthFromToday(own.database, 120) },
  ])
  const late = await place(ageing, 1)
  await own.moveClock('200 days')
  await assert.rejects(pack(late), { code: 'batch_not_issuable' })
  await own.moveClock('0')
})

test('from the rider to the door: the cash must be the total, and the timeline tells it all', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 9 }])
  const order = await place(packId, 2)
  const { id } = order
  const handOver = () => handOverOrder(own.database, pharmacist, { id, rider: 'Rider Sample' })
  await assert.rejects(handOver(), { code: 'order_state_forbids' })
  await pack(order)
  await handOver()
  const deliver = (collectedPaise: number) =>
    deliverOrder(own.database, pharmacist, { id, receivedBy: 'Neighbour', collectedPaise })
  await assert.rejects(deliver(order.totalPaise - 1), { code: 'conflict' })
  await deliver(order.totalPaise)
  assert.deepEqual(
    (await seen(id)).timeline.map(step => step.state),
    ['placed', 'packed', 'out_for_delivery', 'delivered'],
  )
})

test('what was refused at the door waits in quarantine; what never left goes back on the shelf', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 6 }])
  const refused = await place(packId, 2)
  await pack(refused)
  await handOverOrder(own.database, pharmacist, { id: refused.id, rider: 'Rider Sample' })
  await returnOrder(own.database, pharmacist, { id: refused.id, reason: 'nobody at home' })
  assert.equal(await free(packId), 4)
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'quarantine', units: 20 },
    { state: 'sellable', units: 40 },
  ])

  const kept = await place(packId, 3)
  await pack(kept)
  assert.equal(await free(packId), 1)
  const cancelled = { id: kept.id, reason: 'customer_unreachable' } as const
  await cancelOrderByStaff(own.database, pharmacist, cancelled)
  assert.equal(await free(packId), 4)
  await assert.rejects(cancelOrderByStaff(own.database, pharmacist, cancelled), {
    code: 'order_state_forbids',
  })
})

test('the counter’s list is the longest waiting first, with the count of every state', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 9 }])
  const [first, second] = [await place(packId, 1), await place(packId, 1)]
  const answer = await findCounterOrders(own.database.reads, { limit: 50 })
  const ids = answer.items.map(item => item.id)
  assert.ok(ids.indexOf(first.id) < ids.indexOf(second.id))
  assert.equal(answer.counts.placed, ids.length)
  assert.ok((answer.counts.delivered ?? 0) >= 1)
  const after = await findCounterOrders(own.database.reads, { after: first.id })
  assert.ok(!after.items.some(item => item.id === first.id))
})
