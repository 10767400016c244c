import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prices } from '../../../infra/cost/prices.ts'
import { unitPricesUsd } from '../src/modules/advisor/step-prices.ts'

test('the advisor and the cost model know the same prices', () => {
  const priced: Record<string, { usd: number } | undefined> = prices['ap-south-1']
  // The cost model has no size above medium; the next is twice it.
  const { databaseLargeHour, ...known } = unitPricesUsd
  assert.equal(databaseLargeHour, 2 * prices['ap-south-1'].databaseMediumHour.usd)
  assert.ok(Object.keys(known).length >= 7)
  for (const [name, usd] of Object.entries(known)) assert.equal(priced[name]?.usd, usd, name)
})
