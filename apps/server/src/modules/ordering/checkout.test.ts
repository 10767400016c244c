import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Address } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { findReservations } from '#modules/stock'
import { addLots, addPack, type PackWanted, personCaller, setPrice } from '#test/shelf-for-tests'
import { cancelLapsedOrders } from './cancel-lapsed-orders.ts'
import { cancelOrder } from './cancel-order.ts'
import { findCart } from './find-cart.ts'
import { findOrder } from './find-order.ts'
import { findMyOrders } from './order-summary.ts'
import { placeOrder } from './place-order.ts'
import { putCartLine } from './put-cart-line.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
  await loadPinCodes(own.database)
  await loadSampleDelivery(own.database)
})
after(() => own.close())

const address: Address = {
  recipientName: ' Sunita  Sample ',
  mobile: '090000 00001',
  line1: '12 Invented Lane',
  city: 'Indore',
  pin: '452 001',
}
const stocked = async (wanted: PackWanted & { packs?: number } = {}) => {
  const packId = await addPack(own.database, wanted)
  if (wanted.packs !== 0) {
    await addLots(own.database, [
      { packId, packs: wanted.packs ?? 20, mrpPaise: wanted.mrpPaise ?? 10_000 },
    ])
  }
  return packId
}
const put = (caller: Caller, packId: string, quantity: number) =>
  putCartLine(own.database, caller, { packId, quantity })
const cartOf = (caller: Caller) => findCart(own.database.reads, caller, 'en')
const checkout = async (
  caller: Caller,
  more: { key?: string; version?: string; address?: Address } = {},
) => {
  const cartVersion = more.version ?? (await cartOf(caller)).version
  const body = {
    address: more.address ?? address,
    paymentMethod: 'cash_on_delivery',
    cartVersion,
  } as const
  return placeOrder(own.database, caller, more.key ?? randomUUID(), body)
}
const orderOf = async (caller: Caller, id: string) =>
  (await findOrder(own.database.reads, id, caller.personId)).order
const withCart = async (packId: string, quantity: number) => {
  const caller = personCaller()
  await put(caller, packId, quantity)
  return caller
}

test('a cart becomes an order that holds its batches, frozen as it was ordered', async () => {
  const packId = await stocked({ name: 'Frozen in Time' })
  const caller = await withCart(packId, 2)
  const { id } = await checkout(caller)
  const order = await orderOf(caller, id)
  assert.match(order.number, /^JP-\d+$/)
  assert.equal(order.state, 'placed')
  assert.equal(order.itemsPaise, 18_000)
  assert.equal(order.totalPaise, order.itemsPaise + order.deliveryFeePaise)
  assert.equal(order.address.recipientName, 'Sunita Sample')
  assert.equal(order.address.mobile, '+919000000001')
  assert.equal(order.address.pin, '452001')
  assert.deepEqual(
    order.lines[0]?.batches.map(batch => batch.packs),
    [2],
  )
  assert.ok(order.promisedFrom < order.promisedBy)
  assert.deepEqual(
    order.timeline.map(step => step.state),
    ['placed'],
  )
  assert.equal((await cartOf(caller)).lines.length, 0)
})

test('a replayed checkout is the same order; the key with another form is refused', async () => {
  const caller = await withCart(await stocked(), 1)
  const [key, version] = [randomUUID(), (await cartOf(caller)).version]
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => checkout(caller, { key, version })),
  )
  assert.equal(new Set(answers.map(answer => answer.id)).size, 1)
  assert.deepEqual(await checkout(caller, { key, version }), answers[0])
  const elsewhere = { ...address, line1: 'Elsewhere' }
  await assert.rejects(checkout(caller, { key, version, address: elsewhere }), {
    code: 'idempotency_key_reused',
  })
  assert.equal((await findMyOrders(own.database.reads, caller.personId!, {})).items.length, 1)
})

test('one cart is one order, however many keys are sent at once', async () => {
  const caller = await withCart(await stocked(), 1)
  const { version } = await cartOf(caller)
  const answers = await Promise.allSettled(
    Array.from({ length: 6 }, () => checkout(caller, { version })),
  )
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
  for (const one of answers) {
    if (one.status === 'rejected') assert.equal(one.reason.code, 'cart_empty')
  }
})

test('out of stock says what is left and loses nothing: the same key works once the shelf is filled', async () => {
  const packId = await stocked({ packs: 1, name: 'Scarce' })
  const caller = await withCart(packId, 3)
  const [key, before] = [randomUUID(), await cartOf(caller)]
  assert.equal(before.mayCheckOut, false)
  assert.equal(before.lines[0]?.obstacle?.code, 'out_of_stock')
  await assert.rejects(checkout(caller, { key }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'out_of_stock')
    assert.match(error.message, /Only 1 of Scarce/)
    return true
  })
  assert.equal((await cartOf(caller)).version, before.version)
  await addLots(own.database, [{ packId, packs: 5 }])
  const { id } = await checkout(caller, { key, version: before.version })
  assert.equal((await orderOf(caller, id)).lines[0]?.batches.length, 2)
})

test('a cart or a price that changed since the customer looked is told, and nothing is lost', async () => {
  const packId = await stocked()
  const caller = await withCart(packId, 1)
  const { version } = await cartOf(caller)
  await setPrice(own.database, packId, 9_500, 10_000)
  await assert.rejects(checkout(caller, { version }), { code: 'price_changed' })
  const told = await cartOf(caller)
  assert.equal(told.lines[0]?.formerPricePaise, 9_000)
  assert.equal(told.itemsPaise, 9_500)
  await put(caller, packId, 2)
  await assert.rejects(checkout(caller, { version: told.version }), { code: 'cart_changed' })
  await checkout(caller)
})

test('the price never rises above the MRP of the batch, and the order says that it became cheaper', async () => {
  const packId = await addPack(own.database, { pricePaise: 9_500, mrpPaise: 10_000 })
  await addLots(own.database, [{ packId, packs: 5, mrpPaise: 8_000, expiry: '2098-01' }])
  await setPrice(own.database, packId, 9_500, 10_000)
  const caller = await withCart(packId, 2)
  const { id } = await checkout(caller)
  const order = await orderOf(caller, id)
  assert.equal(order.lines[0]?.pricePaise, 8_000)
  assert.equal(order.lines[0]?.shownPricePaise, 9_500)
  assert.equal(order.itemsPaise, 16_000)
})

test('a prescription medicine may be in the cart, and is refused at checkout without a prescription', async () => {
  const caller = await withCart(await stocked({ decision: 'prescription' }), 1)
  assert.equal((await cartOf(caller)).mayCheckOut, true)
  await assert.rejects(checkout(caller), (refusal: Refusal) => {
    assert.equal(refusal.code, 'prescription_needed')
    assert.match(refusal.message, /photo of it/)
    return true
  })
  assert.equal((await cartOf(caller)).lines.length, 1, 'nothing is lost')
})

test('what an address or an order may not be is refused and names the field', async () => {
  const caller = await withCart(await stocked({ pricePaise: 9_000, packs: 60 }), 40)
  const tries = [
    [{ ...address, recipientName: ' ' }, 'address_incomplete'],
    [{ ...address, mobile: '12345' }, 'mobile_invalid'],
    [{ ...address, pin: '0123' }, 'pin_code_invalid'],
    [{ ...address, pin: '900001' }, 'pin_code_not_served'],
    [address, 'cash_limit_exceeded'],
  ] as const
  for (const [tried, code] of tries) {
    await assert.rejects(checkout(caller, { address: tried }), { code })
  }
  await assert.rejects(checkout(personCaller()), { code: 'cart_empty' })
})

test('a cancelled order frees its packs at once; another person’s order does not exist', async () => {
  const packId = await stocked({ packs: 2 })
  const caller = await withCart(packId, 2)
  const { id } = await checkout(caller)
  const stranger = personCaller()
  await assert.rejects(orderOf(stranger, id), { code: 'not_found' })
  await assert.rejects(cancelOrder(own.database, stranger, { id, reason: 'other' }), {
    code: 'not_found',
  })
  await cancelOrder(own.database, caller, { id, reason: 'too_slow' })
  const order = await orderOf(caller, id)
  assert.equal(order.cancellation?.reason, 'too_slow')
  assert.equal(order.cancellation?.by, 'customer')
  assert.equal(order.mayCancel, false)
  await assert.rejects(cancelOrder(own.database, caller, { id, reason: 'other' }), {
    code: 'order_state_forbids',
  })
  await checkout(await withCart(packId, 2))
})

test('an order nobody packed in two days is cancelled, and its packs are free', async () => {
  const caller = await withCart(await stocked({ packs: 1 }), 1)
  const { id } = await checkout(caller)
  await cancelLapsedOrders(own.database)
  assert.equal((await orderOf(caller, id)).state, 'placed')
  await own.moveClock('49 hours')
  assert.ok((await cancelLapsedOrders(own.database)) >= 1)
  const order = await orderOf(caller, id)
  assert.equal(order.cancellation?.reason, 'not_packed_in_time')
  assert.equal(order.cancellation?.by, 'system')
  assert.deepEqual(await findReservations(own.database.reads, [id]), [])
  await own.moveClock('0')
})

test('of sixty checkouts for the last pack at once, exactly one becomes an order', async () => {
  const packId = await stocked({ packs: 1 })
  const callers = await Promise.all(Array.from({ length: 60 }, () => withCart(packId, 1)))
  const answers = await Promise.allSettled(callers.map(caller => checkout(caller)))
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
  const codes = answers.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.deepEqual(new Set(codes), new Set(['out_of_stock']))
  const { rows } = await sql<{ orders: number }>`
    select count(*)::integer as orders from ordering.order_line where pack_id = ${packId}`.execute(
    own.database.db,
  )
  assert.equal(rows[0]?.orders, 1)
})

test('an order placed leaves an event with ids only', async () => {
  const caller = await withCart(await stocked(), 1)
  const { id } = await checkout(caller)
  const { rows } = await sql<{ payload: unknown }>`
    select payload from kernel.event where name = 'ordering.order_placed' and payload ->> 'orderId' = ${id}`.execute(
    own.database.db,
  )
  assert.deepEqual(rows, [{ payload: { orderId: id } }])
})

test('orders are listed newest first, in pages that neither repeat nor lose one', async () => {
  const caller = personCaller()
  const packId = await stocked()
  const placed: string[] = []
  for (let index = 0; index < 5; index++) {
    await put(caller, packId, 1)
    placed.unshift((await checkout(caller)).id)
  }
  const seen: string[] = []
  let before: string | undefined
  for (let page = 1; page <= 5; page++) {
    const answer = await findMyOrders(own.database.reads, caller.personId!, { limit: 2, before })
    seen.push(...answer.items.map(item => item.id))
    if (answer.next === null) break
    before = answer.next
  }
  assert.deepEqual(seen, placed)
})
