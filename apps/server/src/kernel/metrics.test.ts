import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MetricRegistry, metrics } from '#kernel/metrics'
import {
  bucketOf,
  countAbove,
  mergeSpreads,
  quantileOf,
  type Spread,
  addToSpread,
} from '#kernel/spread'

const spreadOf = (values: readonly number[]): Spread => {
  const spread: Spread = {}
  for (const value of values) addToSpread(spread, value)
  return spread
}

test('a percentile from a spread is right within a tenth, also after adding two up', () => {
  const values = Array.from({ length: 1_000 }, (_, at) => 10 + at * 37)
  const halves = [spreadOf(values.slice(0, 300)), spreadOf(values.slice(300))]
  const merged = mergeSpreads(halves)
  assert.deepEqual(merged, spreadOf(values))
  for (const share of [0.5, 0.95, 0.99]) {
    const exact = values[Math.ceil(values.length * share) - 1] ?? 0
    const told = quantileOf(merged, share) ?? 0
    assert.ok(Math.abs(told - exact) / exact < 0.1, `${share}: ${told} instead of ${exact}`)
  }
  assert.equal(quantileOf({}, 0.5), undefined)
})

test('what lies above a limit is counted by whole buckets', () => {
  assert.equal(bucketOf(0), 0)
  assert.equal(countAbove(spreadOf([0, 1, 2, 2, 3, 4, 8]), 2), 3)
})

test('a counter and a distribution are taken once and begin again at nothing', () => {
  const registry = new MetricRegistry()
  const placed = registry.counter({ name: 'test.placed', unit: 'count', meaning: 'Orders' })
  const wait = registry.distribution({
    name: 'test.wait',
    unit: 'microseconds',
    meaning: 'Wait',
    labels: ['a', 'b'],
  })
  placed.add()
  placed.add(2)
  wait.record(10.4, 'a')
  wait.record(90, 'a')
  assert.deepEqual(registry.take(), [
    { name: 'test.placed', label: '', count: 2, total: 3, most: 2, spread: {} },
    { name: 'test.wait', label: 'a', count: 2, total: 100, most: 90, spread: { 14: 1, 26: 1 } },
  ])
  assert.deepEqual(registry.take(), [])
})

test('a label nobody declared is a bug; an open list ends in “other” and takes no free text', () => {
  const registry = new MetricRegistry()
  const closed = registry.counter({
    name: 'test.closed',
    unit: 'count',
    meaning: 'x',
    labels: ['a'],
  })
  assert.throws(() => closed.add(1, 'Sunita'), /not declared/)
  const open = registry.counter({ name: 'test.open', unit: 'count', meaning: 'x', labels: 'open' })
  open.add(1, 'GET /api/v1/medicines/:id')
  open.add(1, 'search?q=क')
  for (let at = 0; at < 300; at++) open.add(1, `route-${at}`)
  const samples = registry.take()
  assert.equal(samples.length, 200)
  assert.ok(samples.some(one => one.label === 'other' && one.total > 100))
  assert.ok(!samples.some(one => one.label.includes('?')))
})

test('a metric is declared once, under a module’s name', () => {
  const registry = new MetricRegistry()
  registry.counter({ name: 'test.once', unit: 'count', meaning: 'x' })
  assert.throws(() => registry.counter({ name: 'test.once', unit: 'count', meaning: 'x' }), /twice/)
  assert.throws(() => registry.counter({ name: 'Bad.Name', unit: 'count', meaning: 'x' }), /name/)
})

test('every metric of the process says what it means', async () => {
  await import('#kernel/http-figures')
  await import('#kernel/process-use')
  const declared = metrics.declarations()
  assert.ok(declared.length >= 12, `only ${declared.length} metrics`)
  for (const { name, meaning } of declared) assert.ok(meaning.length > 10, name)
})
