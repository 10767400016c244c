import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Advice, Status } from '@janta/contracts'
import { metrics } from '#kernel/metrics'
import { advisorCommands, recordSamples } from '#modules/advisor'
import { askedAt, launched } from '../src/modules/advisor/traces-for-tests.ts'
import { chooseTasks } from '../src/commands/choose-tasks.ts'
import { findCommand } from '../src/commands/index.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
before(async () => {
  web = await testWeb({ sample: true })
})
after(() => web.close())

const waitFor = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (let attempt = 1; attempt <= 100; attempt++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('it never came')
}
const status = async (): Promise<Status> => (await new Browser(web.app).send(api.getStatus)).json()

test('anybody may see what works: the database and the jobs do, the file store of this test does not', async () => {
  const told = await waitFor(async () => {
    const one = await status()
    return one.components.some(part => part.state === 'unknown') ? undefined : one
  })
  const states = Object.fromEntries(told.components.map(part => [part.name, part.state]))
  assert.deepEqual(states, { database: 'ok', jobs: 'ok', storage: 'unreachable' })
  assert.equal(told.state, 'unreachable')
})

test('the status names no machine, no address and no person', async () => {
  const page = await web.app.inject({ url: '/api/status' })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<html lang="en">/)
  assert.match(page.body, /The catalogue answers and orders are taken\./)
  assert.match(page.body, /Prescriptions cannot be sent or seen now\./)
  assert.match(String(page.headers['content-security-policy']), /style-src/)
  assert.doesNotMatch(page.body + JSON.stringify(await status()), /127\.0\.0\.1|ECONN|janta_app/)
})

test('the status speaks Hindi to who chose it or whose browser does', async () => {
  const hindi = [
    { url: '/api/status?lang=hi' },
    { url: '/api/status', headers: { 'accept-language': 'hi-IN,hi;q=0.9,en;q=0.8' } },
  ]
  for (const asked of hindi) {
    const { body } = await web.app.inject(asked)
    assert.match(body, /<html lang="hi">/)
    assert.match(body, /कुछ काम नहीं कर रहा/)
    assert.match(body, /href="\?lang=en"/)
  }
  const english = { url: '/api/status?lang=en', headers: { 'accept-language': 'hi' } }
  assert.match((await web.app.inject(english)).body, /<html lang="en">/)
})

test('a hundred askers cost one look', async () => {
  metrics.take()
  await Promise.all(Array.from({ length: 100 }, status))
  const reads = metrics
    .take()
    .find(one => one.name === 'database.statement_time' && one.label === 'read')
  assert.ok((reads?.count ?? 0) < 10, `${reads?.count} statements`)
})

test('requests are counted by pattern, with what they waited for', async () => {
  metrics.take()
  await web.app.inject({ url: '/api/v1/serviceability/452001' })
  await web.app.inject({ url: '/health/live' })
  await web.app.inject({ url: '/api/v1/nowhere/9000000001' })
  const samples = metrics.take()
  const labels = samples.filter(one => one.name === 'http.duration').map(one => one.label)
  assert.ok(
    labels.some(label => label.startsWith('GET /api/v1/serviceability')),
    labels.join(', '),
  )
  assert.ok(labels.every(label => !label.includes('9000000001') && !label.includes('health')))
  assert.ok(samples.some(one => one.name === 'http.waited' && one.label === 'database'))
})

test('the advice is for administrators, and without figures it refuses in words', async () => {
  const administrator = await new Browser(web.app).signIn(mobileOf.administrator)
  const answer = await administrator.send(api.getAdvice, { query: { days: 7 } })
  assert.equal(answer.statusCode, 200, answer.body)
  const advice: Advice = answer.json()
  assert.equal(advice.verdict, 'refused')
  assert.match(advice.sentence, /no figures yet/)
  const pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  assert.equal((await pharmacist.send(api.getAdvice)).statusCode, 403)
})

/** Ten calm days, as folding would have left them. */
async function writeTenDays() {
  await web.own.database.pool.query(
    `insert into advisor.hour (hour, service, name, label, count, total, most, spread)
     select hour, service, name, label, count, total, total, spread::jsonb
     from generate_series(date_trunc('hour', kernel.now(), 'UTC') - interval '10 days',
        date_trunc('hour', kernel.now(), 'UTC') - interval '1 hour', interval '1 hour') as hour,
       (values ('web', 'http.duration', 'GET /a', 500, 20000000, '{"61": 500}'),
         ('web', 'process.cpu', '', 1440, 288000, '{"31": 1440}'),
         ('web', 'process.memory', '', 1440, 576000, '{"35": 1440}'),
         ('worker', 'process.cpu', '', 720, 72000, '{"27": 720}'),
         ('worker', 'jobs.oldest_ready', '', 60, 60, '{"1": 60}'),
         ('worker', 'database.sessions_active', '', 60, 6, '{"0": 54, "1": 6}')
       ) as one (service, name, label, count, total, spread)`,
  )
}

test('the command says the answer first, then why: nothing to change after ten calm days', async () => {
  await writeTenDays()
  const said: string[] = []
  const found = findCommand(['advise', '--days', '14'])
  assert.equal(found?.name, 'advise')
  const surroundings = web.surroundings
  const code = await advisorCommands.advise.run({
    args: found?.args ?? [],
    surroundings,
    say: line => said.push(line),
  })
  assert.equal(code, 0)
  assert.match(said[0] ?? '', /^Nothing to change/)
  const page = said.join('\n')
  assert.match(page, /API processor +20 % +not growing/)
  assert.match(page, /Add API task: Busy hours use 20 %/)
  assert.match(page, /From 240 of 240 hours, 10 days\./)
})

test('a wrong number of days is answered with how to ask', async () => {
  const said: string[] = []
  const { surroundings } = web
  for (const args of [['--days', '3'], ['--days', 'all'], ['now']]) {
    assert.equal(
      await advisorCommands.advise.run({ args, surroundings, say: line => said.push(line) }),
      1,
    )
  }
  assert.match(said.join(''), /Usage: npm run janta -- advise \[--days 7\.\.28\]/)
})

test('a minute of this process can be kept as it is', async () => {
  await recordSamples(web.own.database, 'web-00000000', metrics.take())
  const { rows } = await web.own.database.pool.query(
    'select count(*)::integer as n from advisor.sample',
  )
  assert.ok(rows[0].n > 5)
})

test('workers divide the jobs by module, and together have them all', () => {
  const jobs = (name: string) => ({
    task: `${name}.work`,
    pattern: '* * * * *',
    run: async () => undefined,
  })
  const modules = [
    { name: 'stock', recurring: [jobs('stock')] },
    {
      name: 'notices',
      recurring: [jobs('notices')],
      subscribers: [{ event: 'a.b', task: 'notices.tell', run: async () => undefined }],
    },
    { name: 'audit' },
  ]
  const tasksOf = (args: string[]) => {
    const chosen = chooseTasks(args, modules)
    assert.ok(typeof chosen !== 'string', JSON.stringify(chosen))
    return [...chosen.subscribers, ...chosen.recurring].map(one => one.task).toSorted()
  }
  const refusalOf = (args: string[]): string => {
    const refused = chooseTasks(args, modules)
    assert.ok(typeof refused === 'string', `${args.join(' ')} was not refused`)
    return refused
  }
  const all = tasksOf([])
  assert.equal(all.length, 3)
  assert.deepEqual(
    [...tasksOf(['--only=notices']), ...tasksOf(['--except=notices'])].toSorted(),
    all,
  )
  assert.match(refusalOf(['--only=audit']), /audit has no jobs\. These have: stock, notices\./)
  assert.match(refusalOf(['--only=']), /has no jobs/)
  assert.match(refusalOf(['--only=stock', '--except=notices']), /^Usage/)
})

test('the made-up weeks of the rules begin from the launch installation', () => {
  assert.equal(launched.apiTasks, launched.apiTasksLeast)
  assert.equal(askedAt % 3_600_000, 0)
})
