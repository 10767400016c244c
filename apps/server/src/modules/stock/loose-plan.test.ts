import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Open, planLooseSale } from './loose-plan.ts'

const strip = (batchId: string, units: number): Open => ({
  batchId,
  bin: '',
  state: 'sellable',
  unitsPerPack: 10,
  units,
})
const loose = (batchId: string, units: number): Open => ({
  ...strip(batchId, units),
  state: 'loose',
})
const given = (plan: ReturnType<typeof planLooseSale>) =>
  plan.takes.map(one => `${one.from} ${one.batchId} ${one.units}`)

test('whole strips go first, cut ones for the rest, and none is cut while cut ones suffice', () => {
  const plan = planLooseSale(24, [strip('soon', 10), strip('late', 30), loose('soon', 6)])
  assert.deepEqual(given(plan), ['sellable soon 10', 'sellable late 10', 'loose soon 4'])
  assert.equal(plan.cut, null)
})

test('a strip is cut only for what neither whole nor cut strips give, the first to expire', () => {
  const plan = planLooseSale(7, [strip('soon', 20), strip('late', 10), loose('old', 3)])
  assert.deepEqual(given(plan), ['loose old 3', 'loose soon 4'])
  assert.deepEqual(plan.cut, { batchId: 'soon', bin: '', units: 10 })
  assert.equal(plan.shortUnits, 0)
})

test('what no batch has is said, and tablets are never taken twice', () => {
  const shelf = [strip('soon', 10), loose('late', 2)]
  assert.equal(planLooseSale(15, shelf).shortUnits, 3)
  for (let wanted = 1; wanted <= 12; wanted++) {
    const plan = planLooseSale(wanted, shelf)
    assert.equal(plan.takes.reduce((sum, one) => sum + one.units, 0) + plan.shortUnits, wanted)
    assert.equal(plan.shortUnits, 0)
  }
})
