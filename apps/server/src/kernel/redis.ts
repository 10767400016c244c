import { createRequire } from 'node:module'
import type { SharedAnswers } from '#kernel/cache'
import { metrics } from '#kernel/metrics'

const require = createRequire(import.meta.url)

// An answer that takes longer than this is slower than making it.
const answerTimeoutMs = 30
const connectTimeoutMs = 500
const reconnectMsMax = 5_000
const queueMax = 500
/** After a failure nobody asks for this long, so that a dead Redis costs one request in many its wait. */
const restMs = 1_000

const failures = metrics.counter({
  name: 'cache.shared_failures',
  unit: 'count',
  meaning: 'Questions to Redis it did not answer in time; each was answered without it',
})

/**
 * Answers shared over Redis. Starting needs no Redis, and losing it costs a request at most 30 ms: whatever is
 * refused, late or broken is counted and answered as nothing.
 */
export function openRedis(url: string, report: (error: Error) => void): SharedAnswers {
  // Loaded here, because its 478 files are a fifth of the start of a pharmacy that has no Redis.
  const { createClient } = require('@redis/client') as typeof import('@redis/client')
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: queueMax,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: tries => Math.min(100 * 2 ** Math.min(tries, 6), reconnectMsMax),
    },
  })
  client.on('error', report)
  let restsUntil = 0
  // It keeps trying by itself, and says through 'error' why it could not; only closing ends it.
  client.connect().catch(report)

  async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (!client.isReady || Date.now() < restsUntil) return undefined
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), answerTimeoutMs)
    })
    try {
      const answer = await Promise.race([question(), late])
      if (answer !== 'late') return answer as T
    } catch (error) {
      report(error as Error)
    } finally {
      clearTimeout(timer)
    }
    failures.add()
    restsUntil = Date.now() + restMs
    return undefined
  }

  return {
    async get(key) {
      const text = await ask(() => client.get(key))
      return text ?? undefined
    },
    getAll: keys => ask(() => client.mGet([...keys])),
    async set(key, text, keepMs) {
      const kept = await ask(() =>
        client.set(key, text, { expiration: { type: 'PX', value: keepMs } }),
      )
      return kept === 'OK'
    },
    async add(key, text, keepMs) {
      const answer = await ask(async () => ({
        set: await client.set(key, text, {
          condition: 'NX',
          expiration: { type: 'PX', value: keepMs },
        }),
      }))
      return answer && answer.set !== null
    },
    async close() {
      if (client.isOpen) client.destroy()
    },
  }
}
