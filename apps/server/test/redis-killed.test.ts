import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openCache } from '#kernel/cache'
import { openLog } from '#kernel/log'
import { openRedis } from '#kernel/redis'
import { startRedis, type TestRedis } from '#kernel/redis-for-tests'
import { openWeb } from '../src/web.ts'
import { api, Browser, type TestWeb, testWeb } from './web-for-tests.ts'

/** Two API tasks with one database and one Redis, which is killed while both are asked. */
let redis: TestRedis
let web: TestWeb
let second: FastifyInstance
let closeSecond: () => Promise<void>
before(async () => {
  redis = await startRedis()
  web = await testWeb({ sample: true, env: { REDIS_URL: redis.url } })
  const shared = openRedis(redis.url, () => undefined)
  const cache = openCache({ release: 'test', shared })
  const log = openLog({ level: 'silent', service: 'test' })
  second = await openWeb({ ...web.surroundings, cache, shared }, log)
  closeSecond = async () => {
    await second.close()
    await cache.close()
  }
})
after(async () => {
  await closeSecond()
  await web.close()
  await redis.stop()
})

/** The cookie jar of one person before both tasks in turn. */
function betweenTasks(): FastifyInstance {
  let turn = 0
  const inject = (request: object) => (turn++ % 2 === 0 ? web.app : second).inject(request)
  return { inject } as unknown as FastifyInstance
}

const people = ['9000000001', '9000000002', '9000000004', '9000000050', '9000000051', '9000000052']

test('Redis is killed under load: nobody is signed out, nothing fails, sign-out and catalogue go on', async () => {
  const browsers = await Promise.all(people.map(one => new Browser(betweenTasks()).signIn(one)))
  let isOver = false
  let asked = 0
  const failed: string[] = []
  const asking = browsers.map(async browser => {
    while (!isOver) {
      const who = await browser.send(api.getMe)
      if (who.statusCode !== 200 || who.json().person === null) failed.push(`me ${who.statusCode}`)
      const found = await browser.send(api.searchMedicines, {
        query: { q: `para${asked % 7}`, limit: 1 },
      })
      if (found.statusCode !== 200) failed.push(`search ${found.statusCode}`)
      asked += 2
    }
  })
  await until(() => asked > 120)
  redis.server.kill('SIGKILL')
  const before = asked
  await until(() => asked > before + 240)
  isOver = true
  await Promise.all(asking)
  assert.deepEqual(failed, [], `of ${asked}`)
  assert.ok(asked > 360)

  const [leaving, staying] = browsers
  assert.ok(leaving && staying)
  await leaving.send(api.endSession)
  for (let task = 1; task <= 2; task++) {
    assert.equal((await leaving.send(api.listMyOrders)).statusCode, 401)
    assert.equal((await staying.send(api.listMyOrders)).statusCode, 200)
  }
})

test('without Redis a start is as good as any', async () => {
  const browser = await new Browser(betweenTasks()).signIn('9000000053')
  assert.equal((await browser.send(api.listMyOrders)).statusCode, 200)
})

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 1; tries <= 1_200; tries++) {
    if (holds()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('it never came to that')
}
