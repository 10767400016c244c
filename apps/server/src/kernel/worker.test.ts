import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openLog } from '#kernel/log'
import type { Recurring } from '#kernel/module'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { openWorker } from '#kernel/worker'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const hourMs = 3_600_000
const waitMsMax = 20_000
const pollMs = 50

/** Runs a worker until `isDone` or for a while, and stops it. */
async function workUntil(recurring: readonly Recurring[], isDone: () => boolean): Promise<void> {
  const runner = await openWorker({
    database: own.database,
    log: openLog({ level: 'silent', service: 'test' }),
    subscribers: [],
    recurring,
    concurrency: 2,
  })
  const end = performance.now() + waitMsMax
  while (!isDone() && performance.now() < end) {
    await new Promise(resolve => setTimeout(resolve, pollMs))
  }
  await runner.stop()
}

test('a run no worker was there for is made up where it is asked for, and once', async () => {
  const ran: string[] = []
  // Ten minutes ago by the clock the schedule goes by, so that it is not due while this runs.
  const pattern = `${new Date(Date.now() - 600_000).getUTCMinutes()} * * * *`
  const task = (name: string, more: Partial<Recurring> = {}): Recurring => ({
    task: `kernel.${name}`,
    pattern,
    run: async () => void ran.push(name),
    ...more,
  })
  const all = [task('made_up', { makesUpMinutes: 60 }), task('let_go')]
  await workUntil(all, () => true)
  assert.deepEqual(ran, [], 'what was never due is not made up')
  await own.database.pool.query(
    'update graphile_worker._private_known_crontabs set known_since = $1, last_execution = $1',
    [new Date(Date.now() - 2 * hourMs)],
  )
  await workUntil(all, () => ran.length > 0)
  assert.deepEqual(ran, ['made_up'])
  const from = performance.now()
  await workUntil(all, () => performance.now() - from > 2_000)
  assert.deepEqual(ran, ['made_up'])
})
