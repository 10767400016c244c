import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prices } from '../../../infra/cost/prices.ts'
import { costOf, growthSteps as priceList } from '../../../infra/cost/steps.ts'
import { advise } from '../src/modules/advisor/advice.ts'
import { growthSteps as judged } from '../src/modules/advisor/growth-steps.ts'
import { stepNames } from '../src/modules/advisor/judgement.ts'
import { unitPricesUsd } from '../src/modules/advisor/step-prices.ts'
import type { Hour } from '../src/modules/advisor/trace.ts'
import {
  fullTasks,
  type Moment,
  type Scenario,
  traceOf,
} from '../src/modules/advisor/traces-for-tests.ts'

test('the advisor and the cost model know the same prices', () => {
  const priced: Record<string, { usd: number } | undefined> = prices['ap-south-1']
  assert.ok(Object.keys(unitPricesUsd).length >= 9)
  for (const [name, usd] of Object.entries(unitPricesUsd))
    assert.equal(priced[name]?.usd, usd, name)
})

/** Scenarios in which exactly this need is felt, so that the advice names this step and this size. */
const felt: Record<string, Scenario> = {
  'one more API task': { change: fullTasks },
  'one more worker': { change: () => ({ oldestJobSeconds: 600, workerCpu: 0.9 }) },
  'database small to medium': {
    change: ({ load }) => ({ cacheHit: 0.95, activeSessions: 1.5 * load }),
  },
  'database small to large': {
    change: ({ hourOfDay }) => ({ creditBalance: hourOfDay > 18 ? 5 : 90 }),
  },
  'read replica': { change: pressedBy({ readShare: 0.88, repeatableShare: 0.1 }) },
  'Valkey cache': { change: pressedBy({ readShare: 0.9, repeatableShare: 0.7, hitRate: 0.93 }) },
}

function pressedBy(reads: Partial<Hour>) {
  return ({ load }: Moment): Partial<Hour> => ({
    databaseCpu: Math.min(1, 1.1 * load),
    activeSessions: 3.4 * load,
    minutesOverVcpu: load > 0.7 ? 30 : 0,
    ...reads,
  })
}

test('what a step costs in the advice is what the cost model says it adds to launch', () => {
  assert.ok(judged.length >= 6)
  for (const { step, title } of judged) {
    const priced = priceList.find(one => one.name === title)
    assert.ok(priced, `the cost model has no ${title}`)
    const advice = advise(traceOf(felt[title] ?? {}))
    const named = advice.steps.find(one => one.step === step)
    assert.ok(named, `${title}: ${advice.sentence}`)
    // The advisor counts whole cents of each part.
    assert.ok(Math.abs(named.centsPerMonth - costOf(priced) * 100) <= 1, title)
    if (step === 'bigger_database')
      assert.ok(named.effect.includes(title.replace('database', 'From')), named.effect)
  }
})

test('every step up that the advisor knows is priced, and no other', () => {
  const named = new Set<string>(judged.map(one => one.step))
  const up = stepNames.filter(name => /^(add|bigger)_/.test(name))
  assert.deepEqual([...named].toSorted(), up.toSorted())
})
