import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertWhole, divideDown, divideHalfUp } from '#kernel/money'

const amount = fc.integer({ min: 0, max: 1_000_000_000 })
const share = fc.integer({ min: 1, max: 1_000_000 })

test('half a paisa is rounded up and less is dropped', () => {
  assert.equal(divideHalfUp(5, 10), 1)
  assert.equal(divideHalfUp(4, 10), 0)
  assert.equal(divideHalfUp(15, 10), 2)
  assert.equal(divideDown(19, 10), 1)
})

test('rounding never strays by more than half', () => {
  fc.assert(
    fc.property(amount, share, (numerator, denominator) => {
      const rounded = divideHalfUp(numerator, denominator)
      assert.ok(Math.abs(rounded * denominator - numerator) * 2 <= denominator)
      const down = divideDown(numerator, denominator)
      assert.ok(down * denominator <= numerator && (down + 1) * denominator > numerator)
    }),
  )
})

test('floats, negatives and overflow are bugs, never prices', () => {
  for (const wrong of [0.5, -1, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
    assert.throws(() => assertWhole(wrong), String(wrong))
  }
})
