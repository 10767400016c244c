import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import type { Cart } from '@janta/contracts'
import { urlFor } from '@janta/tools/postgres/bootstrap'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { openCache } from '#kernel/cache'
import { openDatabase } from '#kernel/database'
import { openLog } from '#kernel/log'
import { metrics } from '#kernel/metrics'
import { migrate, migrateJobs } from '#kernel/migrate'
import { openRedis } from '#kernel/redis'
import { startRedis, type TestRedis } from '#kernel/redis-for-tests'
import { replicaLagMsMax } from '#kernel/replica-watch'
import { type ReplicatedDatabase, replicatedDatabase } from '#kernel/replica-for-tests'
import { allMigrations } from '../src/migrations.ts'
import { openWeb } from '../src/web.ts'
import { api, Browser, samplePharmacy, type TestWeb, webOn } from './web-for-tests.ts'

// Every step of growth at once: two tasks, Redis, and a copy to read from, all of which may fail while customers ask.

let redis: TestRedis
let both: ReplicatedDatabase
let web: TestWeb
let second: FastifyInstance
let closeSecond: () => Promise<void>
before(async () => {
  redis = await startRedis()
  both = await replicatedDatabase()
  const { appUrl, replicaUrl, primaryAdminUrl } = both
  const ownerUrl = urlFor(primaryAdminUrl, 'janta_owner', 'janta')
  await migrate(ownerUrl, allMigrations())
  await migrateJobs(ownerUrl, appUrl)
  const open = () => openDatabase({ url: appUrl, replicaUrl, poolMax: 4, readConnections: 2 })
  const database = open()
  await samplePharmacy.fill(database)
  const env = { REDIS_URL: redis.url, DATABASE_REPLICA_URL: replicaUrl }
  const own = {
    database,
    appUrl,
    ownerUrl,
    moveClock: () => Promise.reject(new Error('both servers keep the time of the machine')),
    close: () => database.close(),
  }
  web = await webOn(own, env)
  const shared = openRedis(redis.url, () => undefined)
  const cache = openCache({ release: 'test', shared })
  const log = openLog({ level: 'silent', service: 'test' })
  const other = open()
  second = await openWeb({ ...web.surroundings, database: other, cache, shared }, log)
  closeSecond = async () => {
    await second.close()
    await cache.close()
    await other.close()
  }
})
after(async () => {
  await closeSecond()
  await web.close()
  await both.close()
  await redis.stop()
})

/** One person before both tasks in turn, as a load balancer without sticky sessions sends her. */
function betweenTasks(): FastifyInstance {
  let turn = 0
  const inject = (request: object) => (turn++ % 2 === 0 ? web.app : second).inject(request)
  return { inject } as unknown as FastifyInstance
}

const onReplica = async (text: string) => {
  const client = new pg.Client({ connectionString: both.replicaAdminUrl })
  await client.connect()
  await client.query(text)
  await client.end()
}

const buyers = ['9000000001', '9000000050', '9000000051']
const readers = 5
const packsMost = 3
const lookMs = 700
let medicineIds: string[] = []

test('the copy lags, Redis is killed, the copy goes and comes back: no request fails, and who writes reads what she wrote', async () => {
  const listed = await new Browser(web.app).send(api.searchMedicines, { query: { limit: 20 } })
  medicineIds = listed.json().items.map((one: { id: string }) => one.id)
  assert.ok(medicineIds.length > 5, 'the sample catalogue is empty')
  const medicineAt = (at: number) => medicineIds[at % medicineIds.length]!
  metrics.take()
  let isOver = false
  let asked = 0
  const failed: string[] = []
  const hear = (what: string, isGood: boolean, status: number) => {
    asked++
    if (!isGood) failed.push(`${what} ${status}`)
  }
  const read = async (who: number) => {
    const guest = new Browser(betweenTasks())
    for (let round = who; !isOver; round++) {
      const page = await guest.send(api.getMedicine, { params: { id: medicineAt(round) } })
      hear('page', page.statusCode === 200, page.statusCode)
    }
  }
  const buy = async (mobile: string, who: number) => {
    const browser = await new Browser(betweenTasks()).signIn(mobile)
    for (let round = 0; !isOver; round++) {
      const [medicineId, quantity] = [medicineAt(who), 1 + (round % packsMost)]
      const put = await browser.send(api.putCartLine, {
        params: { medicineId },
        body: { quantity },
      })
      hear('put', put.statusCode === 200, put.statusCode)
      const got = await browser.send(api.getCart)
      const cart: Cart = got.json()
      const line = cart.lines?.find(one => one.medicine.id === medicineId)
      hear('cart', line?.quantity === quantity, got.statusCode)
    }
  }
  const asking = [...buyers.map(buy), ...Array.from({ length: readers }, (_, who) => read(who))]
  const more = async (requests: number) => {
    const until = asked + requests
    while (asked < until && failed.length === 0) await wait(10)
  }
  await more(150)
  await onReplica('select pg_wal_replay_pause()')
  await wait(replicaLagMsMax + lookMs)
  assert.deepEqual(answeredBy(), ['primary', 'replica'], 'the copy answered until it was too late')
  await more(150)
  assert.deepEqual(answeredBy(), ['primary'], 'too late, it answers nobody')
  redis.server.kill('SIGKILL')
  await more(150)
  await onReplica('select pg_wal_replay_resume()')
  await both.stopReplica()
  await more(150)
  await both.startReplica()
  await more(150)
  isOver = true
  await Promise.all(asking)
  assert.deepEqual(failed, [], `of ${asked}`)
  assert.ok(asked >= 750)
  await untilCopyAnswers()
})

/** Who answered reads of the catalogue since this was asked last. */
function answeredBy(): string[] {
  const routed = metrics.take().filter(one => one.name === 'database.public_reads')
  return [...new Set(routed.map(one => one.label ?? ''))].sort()
}

async function untilCopyAnswers(): Promise<void> {
  for (let attempt = 1; attempt <= 100; attempt++) {
    await new Browser(web.app).send(api.getMedicine, { params: { id: medicineIds[0]! } })
    if (answeredBy().includes('replica')) return
    await wait(200)
  }
  throw new Error('the copy that came back is not read')
}
