import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { reorder, type ReorderFacts } from './reorder.ts'

/** Ten units a day, packs of ten, two days from the supplier, five in reserve, bought for fifteen. */
const facts = (more: Partial<ReorderFacts> = {}): ReorderFacts => ({
  unitsPerPack: 10,
  soldUnits: 900,
  soldDays: 90,
  recentUnits: 280,
  recentDays: 28,
  lots: [],
  onOrderUnits: 0,
  leadDays: 2,
  coverDays: 15,
  safetyDays: 5,
  lifeDays: 180,
  minPacks: null,
  maxPacks: null,
  ...more,
})
const lot = (units: number, daysToSell = 1_000) => ({ units, daysToSell })

test('an empty shelf is filled for lead, reserve and cover', () => {
  assert.deepEqual(reorder(facts()), {
    packs: 22,
    usableUnits: 0,
    expiringUnits: 0,
    daysLeft: 0,
    reason: 'runs_out',
  })
})

test('what lies here or is on its way long enough is not ordered again', () => {
  assert.equal(reorder(facts({ lots: [lot(71)] })).packs, 0)
  assert.equal(reorder(facts({ onOrderUnits: 71 })).packs, 0)
  assert.equal(reorder(facts({ lots: [lot(70)] })).packs, 15)
})

test('units that will expire on the shelf do not count as stock', () => {
  const found = reorder(facts({ lots: [lot(200, 5)] }))
  assert.deepEqual([found.usableUnits, found.expiringUnits, found.packs], [50, 150, 17])
})

test('what would expire before it is sold is not ordered, however little is left', () => {
  const slow = facts({ soldUnits: 9, recentUnits: 3, coverDays: 365, lifeDays: 60 })
  assert.equal(reorder(slow).packs, 1)
})

test('a season that begins is seen, a medicine that never sold is not ordered', () => {
  assert.equal(reorder(facts({ soldUnits: 280 })).packs, 22)
  assert.equal(reorder(facts({ soldUnits: 0, recentUnits: 0 })).packs, 0)
})

test('a person’s minimum fills up to the maximum, and the maximum bounds what consumption asks for', () => {
  const idle = { soldUnits: 0, recentUnits: 0 }
  assert.deepEqual(
    [
      reorder(facts({ ...idle, minPacks: 2, maxPacks: 5 })).packs,
      reorder(facts({ ...idle, minPacks: 2 })).packs,
    ],
    [5, 2],
  )
  assert.equal(reorder(facts({ minPacks: 0, maxPacks: 4 })).packs, 4)
  assert.equal(reorder(facts({ ...idle, minPacks: 2, maxPacks: 5, lots: [lot(20)] })).packs, 0)
})

const whole = (max: number) => fc.integer({ min: 0, max })
const anyFacts: fc.Arbitrary<ReorderFacts> = fc.record({
  unitsPerPack: fc.integer({ min: 1, max: 200 }),
  soldUnits: whole(100_000),
  soldDays: fc.integer({ min: 1, max: 90 }),
  recentUnits: whole(30_000),
  recentDays: fc.constant(28),
  lots: fc.array(fc.record({ units: whole(5_000), daysToSell: whole(900) }), { maxLength: 6 }),
  onOrderUnits: whole(10_000),
  leadDays: whole(30),
  coverDays: fc.integer({ min: 1, max: 60 }),
  safetyDays: whole(20),
  lifeDays: fc.integer({ min: 30, max: 720 }),
  minPacks: fc.constant(null),
  maxPacks: fc.constant(null),
})

test('an order is never more than a pack above what sells in lead, reserve and cover, nor in its life', () => {
  fc.assert(
    fc.property(anyFacts, one => {
      const found = reorder(one)
      assert.equal(
        found.usableUnits + found.expiringUnits,
        one.lots.reduce((sum, lot) => sum + lot.units, 0),
      )
      if (found.packs === 0) return
      const ordered = found.packs * one.unitsPerPack
      const perDay = Math.max(one.soldUnits / Math.max(one.soldDays, 14), one.recentUnits / 28)
      const days = Math.min(one.leadDays + one.safetyDays + one.coverDays, one.lifeDays)
      assert.ok(
        ordered + found.usableUnits + one.onOrderUnits <= perDay * days + one.unitsPerPack + 1,
      )
    }),
    { numRuns: 500 },
  )
})

test('more on the shelf never asks for a larger order', () => {
  fc.assert(
    fc.property(anyFacts, whole(1_000), (one, more) => {
      const fuller = { ...one, lots: [...one.lots, { units: more, daysToSell: 1_000 }] }
      assert.ok(reorder(fuller).packs <= reorder(one).packs)
    }),
    { numRuns: 500 },
  )
})
