import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MetricRegistry } from '#kernel/metrics'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { foldSamples } from './fold-samples.ts'
import { hourOf, storedFigures } from './hours-from-store.ts'
import { pharmacyMeasures } from './pharmacy-figures.ts'
import { recordSamples } from './record-samples.ts'
import { hourMs } from './trace.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const registry = new MetricRegistry()
const duration = registry.distribution({
  name: 'http.duration',
  unit: 'microseconds',
  meaning: 'x',
  labels: 'open',
})
const cpu = registry.distribution({ name: 'process.cpu', unit: 'permille', meaning: 'x' })
const rowsOf = async (text: string) => (await own.database.pool.query(text)).rows

/** What two web processes and a worker would write in one minute. */
async function writeMinute() {
  for (const [process, us] of [
    ['web-0000000a', 10_000],
    ['web-0000000b', 30_000],
  ] as const) {
    for (let at = 0; at < 50; at++) duration.record(us, 'GET /api/v1/medicines')
    duration.record(us * 10, 'POST /api/v1/orders')
    cpu.record(400)
    await recordSamples(own.database, process, registry.take())
  }
  cpu.record(900)
  await recordSamples(own.database, 'worker-0000000c', registry.take())
}

test('a minute is written once, however often the process tries', async () => {
  await writeMinute()
  const before = await rowsOf('select * from advisor.sample order by minute, process, name, label')
  assert.ok(before.length >= 7)
  const minute = before.at(-1)?.minute
  duration.record(99)
  const sample = registry.take()
  await recordSamples(own.database, 'web-0000000d', sample)
  await recordSamples(own.database, 'web-0000000d', sample)
  const again = await rowsOf(
    `select count(*)::integer as n from advisor.sample where process = 'web-0000000d'`,
  )
  assert.ok([1, 2].includes(again[0].n), `${again[0].n} rows since ${minute}`)
})

test('hours are folded from all processes of a service, percentiles included, and folding again changes nothing', async () => {
  await own.moveClock('1 hour')
  await foldSamples(own.database)
  const folded = await rowsOf('select * from advisor.hour order by service, name, label')
  await foldSamples(own.database)
  assert.deepEqual(await rowsOf('select * from advisor.hour order by service, name, label'), folded)
  const listed = folded.find(row => row.name === 'http.duration' && row.label.startsWith('GET'))
  assert.deepEqual(
    [listed.service, listed.count, listed.total, listed.most],
    ['web', 100, 2_000_000, 30_000],
  )
  assert.deepEqual(Object.values(listed.spread), [50, 50])
  const workers = folded.find(row => row.service === 'worker')
  assert.equal(workers.total, 900)
})

test('the hour reads back as the advice needs it, and what nobody measured is null', async () => {
  const now = Date.now() + 2 * hourMs
  const hours = await storedFigures(own.database, 'small').readHours(
    new Date(now - 6 * hourMs),
    new Date(now),
  )
  const [hour] = [...hours.values()]
  assert.equal(hours.size, 1)
  assert.equal(hour?.requests, 103)
  assert.ok(hour?.p95Ms && hour.p95Ms > 27 && hour.p95Ms < 33, String(hour?.p95Ms))
  assert.equal(hour.apiCpu, 0.4)
  assert.equal(hour.workerCpu, 0.9)
  assert.deepEqual(
    [hour.creditBalance, hour.cacheHit, hour.oldestJobSeconds, hour.readShare],
    [null, null, null, null],
  )
})

test('minutes are forgotten after two days and hours after four weeks', async () => {
  await own.moveClock('3 days')
  await foldSamples(own.database)
  assert.deepEqual(await rowsOf('select * from advisor.sample'), [])
  assert.ok((await rowsOf('select from advisor.hour')).length >= 3)
  await own.moveClock('29 days')
  await foldSamples(own.database)
  assert.deepEqual(await rowsOf('select * from advisor.hour'), [])
  await own.moveClock('0')
})

test('one worker measures the queue, the sessions, the blocks and the events of the last minute', async () => {
  const { metrics } = await import('#kernel/metrics')
  await own.database.pool.query(
    `insert into kernel.event (id, name, payload, request_id, at)
     values (gen_random_uuid(), 'test.order_placed', '{}', 'r', date_trunc('minute', kernel.now()) - interval '5 seconds')`,
  )
  await own.database.pool.query(
    `select graphile_worker.add_job('test.nobody', run_at => now() - interval '90 seconds')`,
  )
  metrics.take()
  for (const { measure } of [...pharmacyMeasures, ...pharmacyMeasures]) await measure(own.database)
  const samples = metrics.take()
  const find = (name: string, label = '') =>
    samples.find(one => one.name === name && one.label === label)
  assert.ok((find('business.events', 'test.order_placed')?.total ?? 0) >= 1)
  assert.ok((find('jobs.oldest_ready')?.most ?? 0) >= 90)
  assert.equal(find('jobs.ready')?.most, 1)
  assert.ok((find('database.connections', 'open')?.most ?? 0) >= 1)
  assert.equal(find('database.connections', 'allowed')?.most, 200)
  assert.ok(find('database.blocks', 'hit'))
  assert.ok(find('database.sessions_active'))
})

test('a slow answer is divided by what it waited for', () => {
  const row = (name: string, label: string, us: number) => {
    const one = new MetricRegistry()
    one
      .distribution({ name: name as 'a.b', unit: 'microseconds', meaning: 'x', labels: 'open' })
      .record(us, label)
    return { at: 0, service: 'web', ...one.take()[0]! }
  }
  const hour = hourOf(
    0,
    [
      row('http.duration', 'GET /a', 100_000),
      row('http.waited', 'own', 20_000),
      row('http.waited', 'pool', 0),
      row('http.waited', 'database', 80_000),
      row('http.waited', 'outbound', 0),
      row('database.statement_time', 'read', 60_000),
      row('database.statement_time', 'write', 20_000),
      row('database.top_statement_time', '', 40_000),
    ],
    'small',
  )
  const { split } = hour
  assert.ok(split)
  assert.ok(Math.abs(split.databaseMs / (split.databaseMs + split.loopMs) - 0.8) < 0.05)
  assert.ok(Math.abs(split.loopMs + split.databaseMs - (hour.p95Ms ?? 0)) < 0.001)
  assert.deepEqual([hour.readShare, hour.topStatementShare], [0.75, 0.5])
})

test('the application may add figures and forget old ones, but not change a minute', async () => {
  await assert.rejects(own.database.pool.query('update advisor.sample set total = 0'), {
    code: '42501',
  })
})
