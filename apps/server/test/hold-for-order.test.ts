import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { addLots, addPack, markBatch, monthFromToday, personCaller } from './shelf-for-tests.ts'
import { findCart } from '../src/modules/ordering/find-cart.ts'
import { findCounterOrders } from '../src/modules/ordering/find-counter-orders.ts'
import { findOrder } from '../src/modules/ordering/find-order.ts'
import { placeOrder } from '../src/modules/ordering/place-order.ts'
import { putCartLine } from '../src/modules/ordering/put-cart-line.ts'
import { refillBlockedOrders } from '../src/modules/ordering/refill-orders.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
  await loadPinCodes(own.database)
  await loadSampleDelivery(own.database)
})
after(() => own.close())

const address = {
  recipientName: 'Sunita Sample',
  mobile: '9000000001',
  line1: '12 Invented Lane',
  city: 'Indore',
  pin: '452001',
}

async function order(packId: string, quantity: number, pin = '452001') {
  const caller = personCaller()
  await putCartLine(own.database, caller, { packId, quantity })
  const cart = await findCart(own.database.reads, caller, 'en')
  const body = {
    address: { ...address, pin },
    paymentMethod: 'cash_on_delivery',
    cartVersion: cart.version,
  } as const
  const placing = placeOrder(own.database, caller, randomUUID(), body)
  return { caller, cart, placing }
}

test('packs are held only when they outlive the promised day by the policy, however near the usual one is', async () => {
  const packId = await addPack(own.database, { name: 'Nearly Gone' })
  const expiry = await monthFromToday(own.database, 150)
  await addLots(own.database, [{ packId, packs: 5, expiry }])
  // The lot outlives delivery today to the day; the lane to Bhopal promises days later.
  const { rows } = await sql<{ spare: number; promise: number }>`
    select (select expires_on from stock.batch where pack_id = ${packId}) - kernel.today() as spare,
      delivery_days as promise
    from stock.store where is_default`.execute(own.database.db)
  await asOwner(`update stock.store set min_life_days = ${rows[0]!.spare}, delivery_days = 0`)
  const { cart, placing } = await order(packId, 1, '462001')
  assert.equal(cart.mayCheckOut, true)
  await assert.rejects(placing, (error: Error & { code?: string; values?: object }) => {
    assert.equal(error.code, 'out_of_stock')
    assert.match(error.message, /expire too soon/)
    assert.match(JSON.stringify(error.values), /whyHi/)
    return true
  })
  await asOwner(`update stock.store set min_life_days = 90, delivery_days = ${rows[0]!.promise}`)
  await (await order(packId, 1)).placing
})

test('a cart says in kind words, in both languages, why a medicine cannot be sold', async () => {
  const packId = await addPack(own.database)
  const caller = personCaller()
  await putCartLine(own.database, caller, { packId, quantity: 1 })
  const sentence = async (language: 'en' | 'hi') =>
    (await findCart(own.database.reads, caller, language)).lines[0]?.obstacle?.sentence ?? ''
  assert.match(await sentence('en'), /We have none of this medicine right now\. Take it out/)
  const [batchId] = await addLots(own.database, [{ packId, packs: 1 }])
  await markBatch(own.database, batchId!, 'recalled')
  assert.match(await sentence('en'), /recalled by its maker/)
  assert.match(await sentence('hi'), /वापस मँगाया/)
  await addLots(own.database, [{ packId, packs: 1 }])
  await (await order(packId, 1)).placing
  assert.match(await sentence('en'), /promised to other customers/)
})

test('an order that a recall emptied is seen to wait, by the customer and at the counter', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 2 }])
  const { caller, placing } = await order(packId, 2)
  const { id } = await placing
  const waiting = () => findCounterOrders(own.database.reads, { onHold: true })
  assert.deepEqual((await waiting()).items, [])
  await markBatch(own.database, batchId!, 'recalled')
  await refillBlockedOrders(own.database, [batchId!])
  const { order: seen } = await findOrder(own.database.reads, id, caller.personId)
  assert.match(seen.onHoldSince ?? '', /^\d{4}-/)
  const { items, counts } = await waiting()
  assert.deepEqual(
    items.map(one => [one.id, one.onHoldSince]),
    [[id, seen.onHoldSince]],
  )
  assert.equal(counts['on_hold'], 1)
  assert.ok((await findCounterOrders(own.database.reads, {})).items.length > 1)
})

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: own.ownerUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
