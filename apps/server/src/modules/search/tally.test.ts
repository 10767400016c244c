import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tally } from './tally.ts'

test('a tally tells what was met since it was cleared, and nothing of before', () => {
  const tally = new Tally()
  tally.clear(10)
  for (const value of [3, 9, 3, 3]) tally.add(value)
  assert.deepEqual(new Set(tally.values()), new Set([3, 9]))
  assert.deepEqual([tally.count(3), tally.count(9), tally.count(0)], [3, 1, 0])
  tally.clear(2_000)
  assert.equal(tally.values().length, 0)
  assert.equal(tally.count(3), 0)
  tally.add(1_999)
  tally.add(3)
  assert.deepEqual(new Set(tally.values()), new Set([1_999, 3]))
  assert.deepEqual([tally.count(3), tally.count(1_999)], [1, 1])
})
