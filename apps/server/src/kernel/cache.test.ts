import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { openCache } from './cache.ts'
import { startRedis } from './redis-for-tests.ts'
import { openRedis } from './redis.ts'

const keep = { freshMs: 1_000, keepMs: 10_000 }

/** A cache whose clock the test moves, and what it was asked to load. */
function ownCache() {
  let now = 1_000_000
  let loads = 0
  const cache = openCache({ release: 'test', now: () => now })
  return {
    read: (work?: () => Promise<string>) =>
      cache.read('key', keep, async () => {
        loads++
        return work ? work() : `answer ${loads}`
      }),
    pass: (ms: number) => {
      now += ms
    },
    loads: () => loads,
  }
}

test('an answer is kept while it is fresh, and made anew after', async () => {
  const { read, pass, loads } = ownCache()
  assert.deepEqual([await read(), await read()], ['answer 1', 'answer 1'])
  pass(999)
  assert.equal(await read(), 'answer 1')
  pass(1)
  assert.equal(await read(), 'answer 2')
  assert.equal(loads(), 2)
})

test('of a hundred who ask at once, one loads', async () => {
  const { read, loads } = ownCache()
  const answers = await Promise.all(Array.from({ length: 100 }, () => read()))
  assert.deepEqual(new Set(answers), new Set(['answer 1']))
  assert.equal(loads(), 1)
})

test('while the database is gone the last answer serves; a refusal is never hidden, and old is old', async () => {
  const { read, pass } = ownCache()
  const gone = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
  const bug = () => Promise.reject(new Error('a bug'))
  await assert.rejects(read(gone), { message: 'gone' })
  await read()
  pass(2_000)
  assert.equal(await read(gone), 'answer 2')
  await assert.rejects(read(bug), { message: 'a bug' })
  pass(10_000)
  await assert.rejects(read(gone), { message: 'gone' })
})

const triesMax = 200
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < triesMax, `never came true: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

test('two processes share an answer over Redis, and lose nothing when Redis is killed', async () => {
  const redis = await startRedis()
  const { server, url } = redis
  const reports: Error[] = []
  const shared = [0, 1].map(() => openRedis(url, error => reports.push(error)))
  const [one, two] = shared.map(answers => openCache({ release: 'test', shared: answers }))
  assert.ok(one && two && shared[0])
  try {
    const long = { freshMs: 60_000, keepMs: 60_000 }
    await until(
      'Redis is reached',
      async () => (await shared[0]!.add(`${Math.random()}`, '1', 10)) === true,
    )
    await until(
      'Redis is reached',
      async () => (await shared[1]!.add(`${Math.random()}`, '1', 10)) === true,
    )
    let loads = 0
    const load = async () => ({ said: ++loads })
    // Redis may miss its few milliseconds on a busy machine and is then left out, so the sharing is asked for again.
    let tries = 0
    await until('what one made the other reads', async () => {
      const name = `a${++tries}`
      const made = await one.read(name, long, load)
      return isDeepStrictEqual(await two.read(name, long, load), made)
    })
    await until('two who ask at once make one answer', async () => {
      const name = `b${++tries}`
      const [mine, yours] = await Promise.all([
        one.read(name, long, load),
        two.read(name, long, load),
      ])
      return isDeepStrictEqual(mine, yours)
    })
    const kept = await two.read(`b${tries}`, long, load)

    // Mid-load: the server is killed while answers are being asked for.
    const asked = Array.from({ length: 400 }, async (_, i) => {
      await new Promise(resolve => setTimeout(resolve, i))
      if (i === 150) server.kill('SIGKILL')
      return one.read(`c${i}`, long, async () => i)
    })
    assert.deepEqual(
      await Promise.all(asked),
      Array.from({ length: 400 }, (_, i) => i),
    )
    assert.deepEqual(await two.read(`b${tries}`, long, load), kept)
    assert.ok(reports.length > 0, 'nobody was told that Redis is away')
  } finally {
    await Promise.all([one.close(), two.close()])
    await redis.stop()
  }
})

test('a Redis that accepts and never answers is left out', async () => {
  const { createServer } = await import('node:net')
  const sockets = new Set<import('node:net').Socket>()
  const mute = createServer(socket => void sockets.add(socket))
  mute.listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const { port } = mute.address() as { port: number }
  const cache = openCache({
    release: 'test',
    shared: openRedis(`redis://127.0.0.1:${port}`, () => undefined),
  })
  try {
    assert.equal(await cache.read('a', keep, async () => 'made'), 'made')
  } finally {
    await cache.close()
    for (const socket of sockets) socket.destroy()
    mute.close()
  }
})
