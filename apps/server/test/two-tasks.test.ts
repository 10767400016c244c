import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import type { MedicineDetail, Order } from '@janta/contracts'
import { freePort } from '@janta/tools/free-port'
import type { FastifyInstance } from 'fastify'
import { orderOf, putInCart } from './orders-for-tests.ts'
import { api, Browser, mobileOf, publicUrl, type TestWeb, testWeb } from './web-for-tests.ts'

/** Two API tasks as ECS would run them: processes of their own that share nothing but the database. */
let web: TestWeb
let customer: Browser
let served: number[]
const tasks: { process: ChildProcess; url: string }[] = []
before(async () => {
  web = await testWeb({ sample: true })
  for (let at = 0; at < 2; at++) tasks.push(await startTask())
  await Promise.all(tasks.map(task => ready(task.url)))
  const between = balancer()
  served = between.served
  customer = await new Browser(between.app).signIn(mobileOf.customer)
})
after(async () => {
  await stopTasks()
  await web.close()
})

async function stopTasks(): Promise<void> {
  await Promise.all(
    tasks.splice(0).map(async ({ process: child }) => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }),
  )
}

async function startTask() {
  const port = await freePort(0)
  const { config } = web.surroundings
  const child = spawn(process.execPath, ['src/main.ts', 'web'], {
    cwd: new URL('../', import.meta.url),
    stdio: 'ignore',
    env: {
      ...process.env,
      JANTA_MODE: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: web.own.appUrl,
      S3_BUCKET: config.storage.bucket,
      S3_ENDPOINT: 'http://127.0.0.1:9',
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test-secret',
      SECRET_KEY: config.secretKey,
    },
  })
  return { process: child, url: `http://127.0.0.1:${port}` }
}

async function ready(url: string): Promise<void> {
  for (let attempt = 1; attempt <= 200; attempt++) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('a task never became ready')
}

/** A load balancer without sticky sessions: each request goes to the next task, however they belong together. */
function balancer() {
  const served = tasks.map(() => 0)
  let turn = 0
  const inject = async (request: {
    method: string
    url: string
    headers: Record<string, string>
    payload?: object
  }) => {
    const at = turn++ % tasks.length
    served[at] = (served[at] ?? 0) + 1
    const answer = await fetch(`${tasks[at]?.url}${request.url}`, {
      method: request.method,
      headers: {
        ...request.headers,
        ...(request.payload && { 'content-type': 'application/json' }),
      },
      ...(request.payload && { body: JSON.stringify(request.payload) }),
    })
    const body = await answer.text()
    const cookies = answer.headers.getSetCookie().map(line => {
      const [pair = ''] = line.split(';')
      const cut = pair.indexOf('=')
      return { name: pair.slice(0, cut), value: pair.slice(cut + 1) }
    })
    return { statusCode: answer.status, body, cookies, json: () => JSON.parse(body) }
  }
  return { app: { inject } as unknown as FastifyInstance, served }
}

/** A pack of the sample shelf that anybody may order, each page of it asked of the next task. */
async function findOpenPack(): Promise<string> {
  const { rows } = await web.own.database.pool.query<{ id: string }>(
    'select id from catalogue.pack order by id limit 50',
  )
  for (const { id } of rows) {
    const answer = await customer.send(api.getMedicine, { params: { id }, query: {} })
    const medicine: MedicineDetail = answer.json()
    if (medicine.decision === 'open' && medicine.availablePacks > 5 && medicine.pricePaise)
      return id
  }
  throw new Error('the sample shelf holds nothing that may be ordered')
}

test('sign in on one task, fill the cart on the other, order on the first: no session sticks to a task', async () => {
  const cart = await putInCart(customer, await findOpenPack(), 2)
  const placed = await customer.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(placed.statusCode, 201, placed.body)
  const order: Order = placed.json()
  for (let time = 1; time <= 2; time++) {
    const seen = await customer.send(api.getOrder, { params: { id: order.id } })
    assert.equal(seen.json().number, order.number)
  }
  assert.ok(
    served.every(count => count >= 3),
    served.join(' and '),
  )
})

test('the same form sent to both tasks at once is one order', async () => {
  const form = {
    idempotencyKey: randomUUID(),
    body: orderOf(await putInCart(customer, await findOpenPack(), 1)),
  }
  const before = served.join()
  const answers = await Promise.all([
    customer.send(api.placeOrder, form),
    customer.send(api.placeOrder, form),
  ])
  assert.deepEqual(
    answers.map(one => one.statusCode),
    [201, 201],
    answers[1]?.body,
  )
  assert.equal(answers[0]?.json().id, answers[1]?.json().id)
  assert.notEqual(served.join(), before)
})

test('signing out on one task ends the session on the other', async () => {
  await customer.send(api.endSession)
  for (const _task of tasks) {
    assert.equal((await customer.send(api.listMyOrders)).statusCode, 401)
  }
})

test('a task that is told to leave writes down what it measured', async () => {
  await stopTasks()
  const { rows } = await web.own.database.pool.query<{ process: string; requests: number }>(
    `select process, sum(count)::integer as requests from advisor.sample
     where name = 'http.duration' group by process order by process`,
  )
  assert.equal(rows.length, 2)
  assert.ok(rows.every(row => /^web-[0-9a-f]{8}$/.test(row.process) && row.requests >= 3))
})
