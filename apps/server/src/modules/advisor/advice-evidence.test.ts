import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advise } from './advice.ts'
import { thresholds } from './thresholds.ts'
import { dayMs, hourMs } from './trace.ts'
import { askedAt, fullTasks, type Scenario, traceOf } from './traces-for-tests.ts'

function expectRefusal(name: string, scenario: Scenario, sentence: RegExp) {
  test(`refused: ${name}`, () => {
    const advice = advise(traceOf(scenario))
    assert.equal(advice.verdict, 'refused')
    assert.match(advice.sentence, sentence)
    assert.deepEqual(advice.steps, [])
  })
}

test('a quiet week is not enough to step down: it may be a holiday', () => {
  const scenario = { installation: { apiTasks: 4 }, change: () => ({ apiCpu: 0.05 }) }
  assert.equal(advise(traceOf({ ...scenario, days: 8 })).verdict, 'none')
  assert.equal(advise(traceOf({ ...scenario, days: 15 })).verdict, 'step_down')
})

expectRefusal('nothing recorded', { days: 0 }, /no figures yet/)
expectRefusal('three days', { days: 3 }, /cover 3 days.*Ask again in 4 days/)
expectRefusal('three days, however full', { days: 3, change: fullTasks }, /a week is the least/)
expectRefusal(
  'a hole of a day',
  { isMissing: ({ day, hourOfDay }) => day === 6 && hourOfDay > 2 },
  /hole of \d+ hours/,
)
expectRefusal(
  'every fourth hour missing',
  { isMissing: ({ at }) => (at / hourMs) % 4 === 0 },
  /Only \d+ of \d+ hours were recorded/,
)

test('refused: a clock that runs days ahead', () => {
  const trace = traceOf({ days: 20 })
  const ahead = trace.hours.map(hour => ({ ...hour, startsAt: hour.startsAt + 4 * dayMs }))
  const advice = advise({ ...trace, hours: ahead })
  assert.equal(advice.verdict, 'refused')
  assert.match(advice.sentence, /a clock is wrong/)
})

test('a clock set back for two hours leaves hours there twice, which are counted once', () => {
  const trace = traceOf()
  const twice = [...trace.hours, ...trace.hours.slice(50, 52)]
  const advice = advise({ ...trace, hours: twice.toReversed() })
  assert.equal(advice.verdict, 'none')
  assert.equal(advice.coverage.strayHours, 2)
})

test('what nobody measured is said, not guessed', () => {
  const nothing = {
    readShare: null,
    oldestJobSeconds: null,
    apiCpu: null,
    apiMemory: null,
    repeatableShare: null,
  }
  const advice = advise(traceOf({ change: () => nothing }))
  assert.equal(advice.verdict, 'none')
  const unmeasured = advice.declined.filter(one => one.verdict === 'unmeasured')
  assert.deepEqual(
    unmeasured.map(one => one.step),
    ['add_api_task', 'add_cache', 'add_replica', 'add_worker'],
  )
})

test('the busiest hour, the split of a slow answer and every utilisation are told', () => {
  const advice = advise(traceOf({ change: fullTasks }))
  assert.ok(advice.busiestHourAt !== null && advice.busiestHourAt < askedAt)
  assert.ok(advice.split && advice.split.loopMs > advice.split.databaseMs)
  const cpu = advice.utilisation.find(one => one.resource === 'API processor')
  assert.ok(cpu && cpu.share > 0.7 && cpu.share < 1)
  assert.equal(advice.utilisation.length, 6)
})

test('credits ask for large and memory asks for medium, because both earn the same credits', () => {
  const credits = advise(
    traceOf({ change: ({ hourOfDay }) => ({ creditBalance: hourOfDay > 18 ? 5 : 90 }) }),
  )
  assert.match(credits.steps[0]?.effect ?? '', /From small to large/)
  const memory = advise(
    traceOf({ change: ({ load }) => ({ cacheHit: 0.95, activeSessions: 1.5 * load }) }),
  )
  assert.match(memory.steps[0]?.effect ?? '', /From small to medium/)
  assert.equal(memory.steps[0]?.centsPerMonth, 6_132)
})

test('a threshold is a setting: with another limit the same weeks get another answer', async () => {
  const trace = traceOf({
    change: ({ load, noise }) => ({
      apiCpu: 0.5 * load * noise(),
      loopDelayP99Ms: 80,
      split: null,
    }),
  })
  assert.equal(advise(trace).verdict, 'none')
  assert.equal(advise(trace, { ...thresholds, apiCpu: 0.4 }).verdict, 'grow')
})
