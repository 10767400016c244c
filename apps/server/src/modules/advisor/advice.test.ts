import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advise } from './advice.ts'
import type { StepName } from './judgement.ts'
import type { Hour } from './trace.ts'
import { fullTasks, type Moment, type Scenario, traceOf } from './traces-for-tests.ts'

/** Every scenario is judged with several noises: an answer that depends on the noise is not an answer. */
const seeds = [1, 7, 42, 1_000, 2_026]

function expectNone(name: string, scenario: Scenario, sentence: RegExp) {
  test(`none: ${name}`, () => {
    for (const seed of seeds) {
      const advice = advise(traceOf({ ...scenario, seed }))
      assert.deepEqual(
        advice.steps.map(one => one.step),
        [],
      )
      assert.equal(advice.verdict, 'none', advice.sentence)
      assert.match(advice.sentence, sentence)
    }
  })
}

function expectSteps(name: string, scenario: Scenario, steps: readonly StepName[]) {
  test(`${steps[0]?.replaceAll('_', ' ')}: ${name}`, () => {
    for (const seed of seeds) {
      const advice = advise(traceOf({ ...scenario, seed }))
      assert.deepEqual(
        advice.steps.map(one => one.step),
        steps,
        `seed ${seed}: ${advice.sentence}`,
      )
      for (const step of advice.steps) {
        assert.ok(step.evidence.length > 0 && step.effect && step.undo && step.prerequisite)
        assert.notEqual(step.centsPerMonth, 0)
      }
    }
  })
}

/** More sessions at work than processors, every evening. */
const fullDatabase = ({ load, noise }: Moment): Partial<Hour> => ({
  databaseCpu: Math.min(1, 1.1 * load) * noise(),
  activeSessions: 3.4 * load * noise(),
  minutesOverVcpu: load > 0.7 ? 30 : 0,
  p95Ms: 100 + 1_400 * load * noise(),
  split: { loopMs: 40, poolWaitMs: 60, databaseMs: 900 * load + 50, outboundMs: 5 },
})

expectNone('a calm shop of a few hundred orders a day', {}, /^Nothing to change: every resource/)
expectNone('four weeks of it', { days: 28 }, /^Nothing to change/)
expectNone(
  'a crawler for five hours on one afternoon',
  {
    change: moment =>
      moment.day === 10 && moment.hourOfDay >= 14 && moment.hourOfDay < 19
        ? { ...fullTasks({ ...moment, load: 1 }), requests: 20_000 }
        : {},
  },
  /^Nothing to change/,
)
expectNone(
  'a sale on two days of the week',
  { change: moment => (moment.day === 9 || moment.day === 11 ? fullTasks(moment) : {}) },
  /^Nothing to change/,
)
expectNone(
  'a slow statement while every processor is idle',
  {
    change: ({ load, noise }) => ({
      p95Ms: 1_500 * noise(),
      split: { loopMs: 10, poolWaitMs: 5, databaseMs: 1_450, outboundMs: 5 },
      topStatementShare: 0.7 * noise(),
      activeSessions: 1.2 * load * noise(),
    }),
  },
  /^Nothing to buy\. .* in the database: start with its dearest statements/,
)
expectNone(
  'a payment gateway that takes two seconds',
  {
    change: ({ noise }) => ({
      p95Ms: 2_200 * noise(),
      split: { loopMs: 10, poolWaitMs: 5, databaseMs: 50, outboundMs: 2_100 },
    }),
  },
  /waiting for another service/,
)
expectNone(
  'one statement that fills the whole database',
  { change: moment => ({ ...fullDatabase(moment), topStatementShare: 0.8 }) },
  /Nothing to buy/,
)
expectNone(
  'a memory leak, which is as large by night as by day',
  { change: ({ noise }) => ({ apiMemory: 0.86 + 0.01 * noise() }) },
  /by night as by day/,
)
expectNone(
  'a nightly batch that leaves jobs late at two o’clock',
  { change: ({ hourOfDay }) => (hourOfDay === 2 ? { oldestJobSeconds: 900, workerCpu: 0.9 } : {}) },
  /late only at 2:00: a batch/,
)
expectNone(
  'jobs that are late while the worker sleeps',
  { change: () => ({ oldestJobSeconds: 400, workerCpu: 0.05 }) },
  /wait for something else/,
)
expectNone(
  'connections nearly all taken and nearly all idle',
  {
    installation: { poolMax: 30 },
    change: ({ noise }) => ({ connections: 190 * noise() ** 0.1, activeSessions: 0.4 }),
  },
  /lower DATABASE_POOL_MAX from 30/,
)
expectNone(
  'reads that repeat a great deal in a database nobody waits for',
  { change: () => ({ repeatableShare: 0.85, hitRate: 0.97 }) },
  /^Nothing to change/,
)
expectNone(
  'growth that reaches the limit only in some weeks',
  {
    days: 28,
    change: ({ load, day, noise }) => ({ apiCpu: (0.3 + 0.006 * day) * load * noise() ** 0.3 }),
  },
  /API processor reaches its limit in about \d+ days/,
)
expectNone(
  'three requests in the night, each slow',
  {
    change: ({ hourOfDay }) =>
      hourOfDay < 6 ? { requests: 3, p95Ms: 9_000, loopDelayP99Ms: 400 } : {},
  },
  /^Nothing to change/,
)

expectSteps('both tasks are full every evening', { change: fullTasks }, ['add_api_task'])
expectSteps(
  'memory follows customers up to nine tenths',
  { change: ({ load }) => ({ apiMemory: 0.4 + 0.5 * load }) },
  ['add_api_task'],
)
expectSteps(
  'credits fall from day to day: the size that earns more of them is large',
  {
    change: ({ day, load, noise }) => ({
      creditBalance: Math.max(0, 500 - 28 * day),
      databaseCpu: (0.15 + 0.2 * load) * noise(),
    }),
  },
  ['bigger_database'],
)
expectSteps(
  'credits used up every evening',
  {
    change: ({ hourOfDay, load, noise }) => ({
      creditBalance: hourOfDay > 18 ? 5 : 90,
      databaseCpu: (0.2 + 0.5 * load) * noise(),
    }),
  },
  ['bigger_database'],
)
expectSteps(
  'connections run out with everybody at work',
  { installation: { poolMax: 5 }, change: ({ noise }) => ({ connections: 195 * noise() ** 0.1 }) },
  ['bigger_database'],
)
expectSteps(
  'tables that no longer fit the memory',
  { change: ({ load, noise }) => ({ cacheHit: 0.96, activeSessions: 1.4 * load * noise() }) },
  ['bigger_database'],
)
expectSteps(
  'the same catalogue reads press the database: the cache gives most for a dollar',
  {
    change: moment => ({
      ...fullDatabase(moment),
      readShare: 0.9,
      repeatableShare: 0.7,
      hitRate: 0.93,
    }),
  },
  ['add_cache', 'add_replica', 'bigger_database'],
)
expectSteps(
  'reads that never repeat press the database: the replica before the bigger size',
  { change: moment => ({ ...fullDatabase(moment), readShare: 0.88, repeatableShare: 0.1 }) },
  ['add_replica', 'bigger_database'],
)
expectSteps(
  'writes press the database, and a copy takes no writes',
  { change: moment => ({ ...fullDatabase(moment), readShare: 0.35 }) },
  ['bigger_database'],
)
expectSteps(
  'jobs wait minutes all day while the worker is full',
  {
    change: ({ load, noise }) => ({
      oldestJobSeconds: 30 + 600 * load * noise(),
      workerCpu: 0.5 + 0.45 * load,
    }),
  },
  ['add_worker'],
)
expectSteps(
  'four tasks for a calm shop',
  {
    installation: { apiTasks: 4 },
    change: ({ load, noise }) => ({ apiCpu: (0.02 + 0.1 * load) * noise() }),
  },
  ['remove_api_task'],
)
expectSteps(
  'a medium database with a replica for a quiet shop',
  {
    installation: { databaseSize: 'medium', hasReplica: true },
    change: ({ load, noise }) => ({
      databaseCpu: (0.01 + 0.04 * load) * noise(),
      connectionsMax: 450,
      activeSessions: 0.1 * load,
    }),
  },
  ['remove_replica', 'smaller_database'],
)
expectSteps('two workers with nothing to do', { installation: { workers: 2 } }, ['remove_worker'])
expectSteps(
  'a cache before a database that five times the reads would leave idle',
  {
    installation: { hasCache: true },
    // So many connections that no smaller size holds them: only the cache can go.
    change: ({ load, noise }) => ({
      databaseCpu: (0.003 + 0.012 * load) * noise(),
      connections: 80 * noise(),
    }),
  },
  ['remove_cache'],
)

test('a cache stays while the database could not bear five times its reads', () => {
  // A baseline of 20 % and a headroom of 0.6 leave 12 %, a fifth of which is 2.4 %.
  const change = ({ load, noise }: Moment) => ({ databaseCpu: (0.02 + 0.03 * load) * noise() })
  for (const seed of seeds) {
    const advice = advise(traceOf({ installation: { hasCache: true }, seed, change }))
    assert.ok(advice.steps.every(one => one.step !== 'remove_cache'))
  }
})
