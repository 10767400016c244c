import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, inOrder, needsPerson } from './ageing-kinds.ts'

const bucket = (kind: Parameters<typeof needsPerson>[0]) => ({
  kind,
  dayCount: 1,
  weekCount: 2,
  olderCount: 3,
  totalPaise: 600,
})

test('what needs a person stands before what arrives by itself', () => {
  const kinds = inOrder([bucket('cash_with_rider'), bucket('refund_proposed'), bucket('held')]).map(
    one => one.kind,
  )
  assert.deepEqual(kinds, ['held', 'refund_proposed', 'cash_with_rider'])
  assert.deepEqual(kinds.map(needsPerson), [true, true, false])
})

test('a kind counts everything of it, whatever its age', () => {
  assert.equal(countOf(bucket('held')), 6)
})
