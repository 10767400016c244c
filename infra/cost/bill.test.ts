import assert from 'node:assert/strict'
import { test } from 'node:test'
import { environments, launch, scaled } from '../environments.ts'
import { resourcesOf } from '../synth.ts'
import { bandBreaches, totalBand } from './bands.ts'
import { billOf, pricedTypes, totalOf } from './bill.ts'
import { freeTypes } from './free.ts'
import { prices, sources, taxShare } from './prices.ts'
import { costReport } from './report.ts'
import { costOf, growthSteps } from './steps.ts'
import { usages } from './usage.ts'

test('launch stays in every band of the budget, and under its top with tax', () => {
  const lines = billOf(launch, usages.launch)
  assert.deepEqual(bandBreaches(lines), [])
  assert.ok(totalOf(lines) * (1 + taxShare) <= totalBand[1], 'Tax takes it over the budget.')
})

test('the bands notice a NAT gateway, a bigger database, a month without records', () => {
  const broken = (lines: ReturnType<typeof billOf>) => bandBreaches(lines).join('; ')
  assert.match(broken(billOf({ ...launch, egress: 'nat-gateway' }, usages.launch)), /Network is/)
  const medium = { ...launch, database: { ...launch.database, size: 'medium' as const } }
  assert.match(broken(billOf(medium, usages.launch)), /RDS is.*outside 40-80/)
  assert.match(broken(billOf(launch, { ...usages.launch, monthsOfRecords: 1 })), /S3 is/)
  assert.match(broken(billOf(scaled, usages.scaled)), /The total is/)
})

test('the parts of launch cost what the published prices make of them', () => {
  const lines = billOf(launch, usages.launch)
  const usd = (name: string) => Number(lines.find(line => line.name === name)?.usd.toFixed(2))
  assert.equal(usd('api tasks'), 21.21)
  assert.equal(usd('worker tasks'), 10.6)
  assert.equal(usd('shop tasks'), 10.6)
  assert.equal(usd('database'), 61.32)
  assert.equal(usd('load balancer'), 17.45)
  assert.equal(usd('public IPv4 addresses'), 10.95)
  assert.equal(usd('NAT instance'), 2.77)
})

test('nothing is built whose price nobody asked for', () => {
  for (const environment of Object.values(environments)) {
    const types = new Set([...resourcesOf(environment).values()].map(resource => resource.Type))
    assert.ok(types.size > 30, `${environment.name} has only ${types.size} kinds of resource`)
    const unknown = [...types].filter(type => !pricedTypes.has(type) && !freeTypes.has(type))
    assert.deepEqual(unknown, [], 'Price it in bill.ts or say in free.ts that it is free.')
  }
})

test('every growth step costs something, and a Mumbai task what ARM64 costs', () => {
  const costs = new Map(growthSteps.map(step => [step.name, costOf(step)]))
  assert.equal(costs.size, 11)
  for (const [name, usd] of costs) assert.ok(usd > 1, `${name} adds ${usd}`)
  assert.equal(costs.get('one more API task')?.toFixed(2), '10.60')
  assert.equal(costs.get('database small to medium')?.toFixed(2), '61.32')
  assert.equal(costs.get('database small to large')?.toFixed(2), '183.96')
  // The instance, its disk, and the secret with its address.
  assert.equal(costs.get('read replica')?.toFixed(2), '33.68')
})

test('every price names its source, and Mumbai and Virginia price the same things', () => {
  assert.deepEqual(Object.keys(prices['us-east-1']), Object.keys(prices['ap-south-1']))
  for (const list of Object.values(prices)) {
    for (const [name, { usd, source }] of Object.entries(list)) {
      assert.ok(usd > 0, name)
      assert.ok(sources[source].length > 10, name)
    }
  }
})

test('the report shows every environment with its tax, its bands and its steps', () => {
  const report = costReport(['pilot', 'launch', 'scaled'])
  for (const expected of ['pilot', 'launch', 'scaled', 'Tax, GST 18 %', 'allowed 100-190']) {
    assert.ok(report.includes(expected), expected)
  }
  for (const step of growthSteps) assert.ok(report.includes(step.name), step.name)
})
