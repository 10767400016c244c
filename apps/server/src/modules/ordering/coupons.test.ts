import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { NewPromotion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { findInvoices, loadSampleBilling } from '#modules/billing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { endPromotion, findPromotions, recordPromotion } from '#modules/promotions'
import { addLots, addPack, personCaller, setPrice } from '#test/shelf-for-tests'
import { cancelLapsedOrders } from './cancel-lapsed-orders.ts'
import { cancelOrder } from './cancel-order.ts'
import { findCart } from './find-cart.ts'
import { findCounterOrder } from './find-counter-orders.ts'
import { findOrder } from './find-order.ts'
import { packOrder } from './pack-order.ts'
import { placeOrder } from './place-order.ts'
import { putCartCoupon } from './put-cart-coupon.ts'
import { putCartLine } from './put-cart-line.ts'

let own: TestDatabase
const administrator = personCaller()
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
let serial = 0
type Wanted = { [K in keyof NewPromotion]?: NewPromotion[K] | undefined }
const offer = (wanted: Wanted = {}) =>
  recordPromotion(own.database, administrator, {
    name: 'Sample offer',
    nameHi: 'नमूना छूट',
    code: `SAMPLE${++serial}`,
    benefit: 'amount',
    amountPaise: 5_000,
    fromItemsPaise: 10_000,
    lane: 'main',
    isFirstOrder: false,
    from: '2020-01-01',
    ...wanted,
  } as NewPromotion)
const percent = { benefit: 'percent', basisPoints: 1_000, amountPaise: undefined } as const
const stocked = async (packs = 20, decision: 'open' | 'prescription' = 'open') => {
  const packId = await addPack(own.database, { decision })
  await addLots(own.database, [{ packId, packs, mrpPaise: 10_000 }])
  return packId
}
const cartOf = (caller: Caller) => findCart(own.database.reads, caller, 'en')
const couponCart = async (code: string | null, packId: string, caller = personCaller()) => {
  await putCartLine(own.database, caller, { packId, quantity: 2 })
  if (code !== null) await putCartCoupon(own.database, caller, code)
  return caller
}
const checkout = async (caller: Caller, cartVersion?: string) =>
  placeOrder(own.database, caller, randomUUID(), {
    address,
    paymentMethod: 'cash_on_delivery',
    cartVersion: cartVersion ?? (await cartOf(caller)).version,
  })
const orderOf = async (id: string) => (await findOrder(own.database.reads, id, null)).order
const usesOf = async (id: string) => (await findPromotions(own.database.reads, { id }))[0]!.uses

test('a coupon typed as people type is on the cart, the order and, to the paisa, the invoice', async () => {
  const { code, id: promotionId } = await offer()
  const [one, other] = [await stocked(), await stocked()]
  await setPrice(own.database, other, 3_333, 10_000)
  const caller = await couponCart(` ${code!.toLowerCase().replace('sample', 'sam-ple ')} `, one)
  await putCartLine(own.database, caller, { packId: other, quantity: 1 })
  const cart = await cartOf(caller)
  assert.deepEqual(cart.coupon, { code, message: null })
  assert.deepEqual(cart.discounts, [{ name: 'Sample offer', code, amountPaise: 5_000 }])
  const { id } = await checkout(caller)
  const order = await orderOf(id)
  assert.equal(order.itemsPaise, 21_333)
  assert.equal(order.totalPaise, 21_333 - 5_000 + order.deliveryFeePaise)
  assert.deepEqual(order.discounts, cart.discounts)
  assert.deepEqual(
    order.lines.map(line => line.discountPaise),
    [4_219, 781],
  )
  const { picks } = await findCounterOrder(own.database.reads, id)
  await packOrder(own.database, administrator, { id, picks })
  const invoice = (await findInvoices(own.database.reads, [id])).get(id)?.[0]
  assert.equal(invoice?.totalPaise, (await orderOf(id)).totalPaise)
  assert.equal(await usesOf(promotionId), 1)
})

test('of a hundred carts after the last use of a coupon exactly one is ordered, and none loses its cart', async () => {
  const { code, id } = await offer({ usesMax: 1 })
  const packId = await stocked(300)
  const callers: Caller[] = []
  for (let at = 0; at < 100; at++) callers.push(await couponCart(code, packId))
  const versions = await Promise.all(callers.map(async one => (await cartOf(one)).version))
  // Whom no connection was free for in time tries again, as the shop does after a 503.
  const patiently = async (one: Caller, version?: string, tries = 10): Promise<{ id: string }> => {
    try {
      return await checkout(one, version)
    } catch (error) {
      if (error instanceof Refusal || tries === 1) throw error
      return patiently(one, version, tries - 1)
    }
  }
  const answers = await Promise.allSettled(callers.map((one, at) => patiently(one, versions[at])))
  const refused = answers.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.equal(refused.length, 99)
  // Those who came after it was gone already see another total; those who raced were told.
  assert.deepEqual(new Set([...refused, 'coupon_used_up', 'price_changed']).size, 2)
  assert.equal(await usesOf(id), 1)
  const loser = callers.find((_, at) => answers[at]!.status === 'rejected')!
  const left = await cartOf(loser)
  assert.equal(left.lines.length, 1)
  assert.match(left.coupon?.message ?? '', /used up/)
  // It may be ordered without the coupon, as the cart now says.
  assert.equal((await orderOf((await checkout(loser)).id)).discountPaise, 0)
})

test('an order given up, by the customer or by its lapsed hold, gives the use of its coupon back once', async () => {
  const { code, id } = await offer({ usesMax: 1 })
  const packId = await stocked()
  const caller = await couponCart(code, packId)
  const first = await checkout(caller)
  assert.equal(await usesOf(id), 1)
  await cancelOrder(own.database, caller, { id: first.id, reason: 'other' })
  assert.equal(await usesOf(id), 0)
  const second = await checkout(await couponCart(code, packId))
  await sql`update ordering.order set held_until = kernel.now() where id = ${second.id}`.execute(
    own.database.db,
  )
  assert.ok((await cancelLapsedOrders(own.database)) >= 1)
  assert.equal(await usesOf(id), 0)
  await checkout(await couponCart(code, packId))
  assert.equal(await usesOf(id), 1)
})

test('a person has a coupon as often as one person may, and a first-order offer once', async () => {
  const packId = await stocked()
  const once = await offer({ usesMaxOfPerson: 1 })
  const first = await offer({ isFirstOrder: true })
  const caller = await couponCart(once.code, packId)
  await checkout(caller)
  await couponCart(once.code, packId, caller)
  assert.match((await cartOf(caller)).coupon?.message ?? '', /used up/)
  await putCartCoupon(own.database, caller, first.code!)
  assert.match((await cartOf(caller)).coupon?.message ?? '', /first order/)
  assert.equal((await cartOf(await couponCart(first.code, packId))).discountPaise, 5_000)
})

test('Schedule H goods get no discount, and do not count for the smallest order', async () => {
  const { code } = await offer({ fromItemsPaise: 20_000, ...percent, mostPaise: 50_000 })
  const caller = await couponCart(code, await stocked(20, 'prescription'))
  const cart = await cartOf(caller)
  assert.equal(cart.discountPaise, 0)
  assert.match(cart.coupon?.message ?? '', /prescription medicines/)
  await putCartLine(own.database, caller, { packId: await stocked(), quantity: 2 })
  assert.match((await cartOf(caller)).coupon?.message ?? '', /Add ₹20\.00 more/)
})

test('an offer that ends or begins between the look and the order changes the price, aloud', async () => {
  const packId = await stocked()
  const { id } = await offer({ code: undefined, ...percent })
  const caller = await couponCart(null, packId)
  const { version, discounts } = await cartOf(caller)
  assert.deepEqual(discounts, [{ name: 'Sample offer', code: null, amountPaise: 1_800 }])
  await endPromotion(own.database, administrator, { id })
  await assert.rejects(checkout(caller, version), { code: 'price_changed' })
  await assert.rejects(endPromotion(own.database, administrator, { id }), {
    code: 'promotion_invalid',
  })
})

test('free delivery by coupon lets the fee fall away, on the order as on the cart', async () => {
  const { code } = await offer({ benefit: 'free_delivery', amountPaise: undefined })
  const caller = await couponCart(code, await stocked())
  assert.equal((await cartOf(caller)).isDeliveryFree, true)
  const { id } = await checkout(caller)
  assert.equal((await orderOf(id)).deliveryFeePaise, 0)
})

test('a coupon nobody made, one that is over and one that contradicts itself are refused', async () => {
  const caller = await couponCart(null, await stocked())
  await assert.rejects(putCartCoupon(own.database, caller, 'NOSUCH'), { code: 'coupon_unknown' })
  await assert.rejects(putCartCoupon(own.database, personCaller(), 'NOSUCH'), {
    code: 'cart_empty',
  })
  const { code } = await offer()
  await assert.rejects(offer({ code: code! }), { code: 'coupon_exists' })
  await assert.rejects(offer({ code: undefined, until: '2020-02-01' }), {
    code: 'promotion_invalid',
  })
  await assert.rejects(offer({ fromItemsPaise: 100 }), { code: 'promotion_invalid' })
  await assert.rejects(offer({ benefit: 'percent' }), { code: 'promotion_invalid' })
})
