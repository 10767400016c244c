import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Offer } from './offer.ts'
import { reckonDiscounts } from './reckon-discounts.ts'

let serial = 0
const offer = (wanted: Partial<Offer>): Offer => ({
  id: `offer-${++serial}`,
  name: 'Sample',
  nameHi: 'नमूना',
  code: null,
  benefit: 'percent',
  basisPoints: null,
  amountPaise: null,
  mostPaise: null,
  fromItemsPaise: 0,
  lane: 'main',
  isFirstOrder: false,
  isUsedUp: false,
  ...wanted,
})
const fifty = (more: Partial<Offer> = {}) =>
  offer({ benefit: 'amount', amountPaise: 5_000, code: 'FIFTY', ...more })
const open = (...amounts: number[]) =>
  amounts.map(amountPaise => ({ amountPaise, mayDiscount: true }))

test('fifty rupees over A, B and E of the worked example are shared by largest remainder', () => {
  const { shares, discountPaise } = reckonDiscounts(open(30_240, 5_069, 9_900), [fifty()], false)
  assert.deepEqual(shares, [3_344, 561, 1_095])
  assert.equal(discountPaise, 5_000)
})

test('what may not be advertised gets no share, and does not help to reach the smallest order', () => {
  const lines = [
    { amountPaise: 90_000, mayDiscount: false },
    { amountPaise: 10_000, mayDiscount: true },
  ]
  const tenth = offer({ basisPoints: 1_000 })
  assert.deepEqual(reckonDiscounts(lines, [tenth], false).shares, [0, 1_000])
  const big = fifty({ fromItemsPaise: 20_000 })
  assert.deepEqual(reckonDiscounts(lines, [big], false).couponObstacle, {
    why: 'too_little',
    missingPaise: 10_000,
  })
  const scheduled = lines.slice(0, 1)
  assert.deepEqual(reckonDiscounts(scheduled, [fifty()], false).couponObstacle, {
    why: 'nothing_on_offer',
  })
})

test('in a lane the best counts and a coupon that loses says so; lanes add one after the other', () => {
  const tenth = offer({ basisPoints: 1_000 })
  const coupon = fifty()
  const beaten = reckonDiscounts(open(100_000), [tenth, coupon], false)
  assert.equal(beaten.discountPaise, 10_000)
  assert.deepEqual(beaten.couponObstacle, { why: 'beaten' })
  const added = reckonDiscounts(
    open(100_000),
    [coupon, offer({ basisPoints: 1_000, lane: 'extra' })],
    false,
  )
  assert.deepEqual(
    added.given.map(one => one.amountPaise),
    [5_000, 9_500],
  )
  assert.equal(added.couponObstacle, null)
})

test('a percentage stops at the most it may come to, and nothing is given away for nothing', () => {
  const capped = offer({ basisPoints: 5_000, mostPaise: 2_500 })
  assert.equal(reckonDiscounts(open(100_000), [capped], false).discountPaise, 2_500)
  const tooMuch = fifty({ amountPaise: 100_000 })
  assert.equal(reckonDiscounts(open(10_000), [tooMuch], false).discountPaise, 9_000)
})

test('free delivery takes nothing off the goods and stands beside a discount', () => {
  const free = offer({ benefit: 'free_delivery', lane: 'delivery' })
  const { isDeliveryFree, discountPaise, given } = reckonDiscounts(
    open(10_000),
    [free, fifty()],
    false,
  )
  assert.deepEqual([isDeliveryFree, discountPaise, given.length], [true, 5_000, 2])
})

test('an offer for first orders, or one that is used up, gives nothing and says why', () => {
  const first = fifty({ isFirstOrder: true })
  assert.deepEqual(reckonDiscounts(open(10_000), [first], false).couponObstacle, {
    why: 'first_order_only',
  })
  assert.equal(reckonDiscounts(open(10_000), [first], true).discountPaise, 5_000)
  const over = reckonDiscounts(open(10_000), [fifty({ isUsedUp: true })], true)
  assert.deepEqual(over.couponObstacle, { why: 'used_up' })
})

test('whatever the cart and the offers, shares add up to the paisa and no line is given away', () => {
  let seed = 7
  const below = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit
  for (let round = 0; round < 5_000; round++) {
    const lines = Array.from({ length: 1 + below(8) }, () => ({
      amountPaise: 1 + below(50_000),
      mayDiscount: below(4) > 0,
    }))
    const offers = Array.from({ length: below(5) }, () =>
      offer(
        below(2) === 0
          ? { basisPoints: 1 + below(9_000), lane: below(2) === 0 ? 'main' : 'extra' }
          : { benefit: 'amount', amountPaise: 1 + below(30_000) },
      ),
    )
    const { shares, discountPaise, given } = reckonDiscounts(lines, offers, true)
    assert.equal(
      discountPaise,
      given.reduce((sum, one) => sum + one.amountPaise, 0),
    )
    assert.equal(
      discountPaise,
      shares.reduce((sum, one) => sum + one, 0),
    )
    for (const [at, line] of lines.entries()) {
      assert.ok(shares[at]! >= 0 && shares[at]! <= line.amountPaise)
      if (!line.mayDiscount) assert.equal(shares[at], 0)
    }
  }
})
