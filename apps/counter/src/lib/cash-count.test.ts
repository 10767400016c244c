import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCashCount } from './cash-count.ts'

test('notes and coins add up in whole paise, and an empty line is none of it', () => {
  const read = readCashCount({ 50_000: '3', 10_000: '12', 200: '', 100: '7' })
  assert.equal(read.countedPaise, 3 * 50_000 + 12 * 10_000 + 7 * 100)
  assert.deepEqual(
    read.counts.map(one => [one.denominationPaise, one.pieces]),
    [
      [50_000, 3],
      [10_000, 12],
      [100, 7],
    ],
  )
  assert.deepEqual(read.unread, [])
})

test('a Hindi keyboard counts as well', () => {
  assert.equal(readCashCount({ 2_000: '१२' }).countedPaise, 24_000)
})

test('what is no number of pieces is named and not counted', () => {
  const read = readCashCount({ 50_000: '2.5', 20_000: '-1', 10_000: '100001', 5_000: '1' })
  assert.deepEqual(read.unread, [50_000, 20_000, 10_000])
  assert.equal(read.countedPaise, 5_000)
})
