import { createHash } from 'node:crypto'
import { isWorldGone } from '#kernel/problem'
import { metrics } from '#kernel/metrics'

/**
 * Answers worth keeping for a moment. Every process keeps its own; where Redis is set up the processes also share
 * theirs. Redis is never needed: slow or gone, it is left out and the answer comes from where it always came from.
 */
export interface Cache {
  /**
   * The kept answer while it is fresh, else a new one; of many who ask at once, one loads and the rest wait for it.
   * When the world fails to load it, an answer kept less than `keepMs` ago serves instead of the failure.
   * Answers are shared: nobody may change one. They must survive JSON.
   */
  read<T>(key: string, keep: Keep, load: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Keep {
  readonly freshMs: number
  readonly keepMs: number
}

/** What several processes share. Every call ends soon, and none ever throws: a lost answer is no answer. */
export interface SharedAnswers {
  get(key: string): Promise<string | undefined>
  /** What lies under these keys at one instant, null where nothing does; undefined when nobody answered. */
  getAll(keys: readonly string[]): Promise<readonly (string | null)[] | undefined>
  /** True when it is certainly kept: a caller who needs it to be must not believe less. */
  set(key: string, text: string, keepMs: number): Promise<boolean>
  /** Keeps it only where nothing is kept. True for whoever did, false for a later one, undefined when nobody can say. */
  add(key: string, text: string, keepMs: number): Promise<boolean | undefined>
  close(): Promise<void>
}

interface Kept {
  readonly value: unknown
  readonly at: number
}

const entriesMax = 2_000
const claimMs = 1_000
const waitsMax = 4
const waitMs = 25

const asked = metrics.counter({
  name: 'cache.asked',
  unit: 'count',
  meaning: 'Questions to the kept answers, by where the answer came from',
  labels: ['own', 'shared', 'loaded', 'stale'],
})

export function openCache(options: {
  shared?: SharedAnswers | undefined
  /** Answers of another release may have another shape, so they are kept apart. */
  release: string
  now?: () => number
}): Cache {
  const { shared, release, now = Date.now } = options
  const own = new Map<string, Kept>()
  const loading = new Map<string, Promise<unknown>>()

  const keepOwn = (key: string, kept: Kept) => {
    own.delete(key)
    own.set(key, kept)
    if (own.size > entriesMax) own.delete(own.keys().next().value as string)
  }
  const isFresh = (kept: Kept, keep: Keep) => now() - kept.at < keep.freshMs

  async function renew<T>(key: string, keep: Keep, load: () => Promise<T>): Promise<T> {
    const found = shared && (await readShared(shared, key, kept => isFresh(kept, keep)))
    if (found) {
      asked.add(1, 'shared')
      keepOwn(key, found)
      return found.value as T
    }
    const at = now()
    const value = await load()
    asked.add(1, 'loaded')
    keepOwn(key, { value, at })
    if (shared) await shared.set(key, JSON.stringify({ value, at }), keep.keepMs)
    return value
  }

  function join<T>(key: string, keep: Keep, load: () => Promise<T>): Promise<T> {
    const running = loading.get(key) as Promise<T> | undefined
    if (running) return running
    const renewing = renew(key, keep, load).finally(() => loading.delete(key))
    loading.set(key, renewing)
    return renewing
  }

  return {
    async read<T>(name: string, keep: Keep, load: () => Promise<T>): Promise<T> {
      const key = keyOf(release, name)
      const kept = own.get(key)
      if (kept && isFresh(kept, keep)) {
        asked.add(1, 'own')
        return kept.value as T
      }
      try {
        return await join(key, keep, load)
      } catch (error) {
        if (!kept || now() - kept.at >= keep.keepMs || !isWorldGone(error as Error)) throw error
        asked.add(1, 'stale')
        return kept.value as T
      }
    },
    async close() {
      await shared?.close()
    },
  }
}

/** A fresh answer another process made, waiting a moment for one that is being made. */
async function readShared(
  shared: SharedAnswers,
  key: string,
  isFresh: (kept: Kept) => boolean,
): Promise<Kept | undefined> {
  for (let wait = 0; wait <= waitsMax; wait++) {
    const kept = keptIn(await shared.get(key))
    if (kept && isFresh(kept)) return kept
    if (wait === 0 && (await shared.add(`${key}.making`, '1', claimMs)) !== false) return undefined
    await new Promise(resolve => setTimeout(resolve, waitMs))
  }
  return undefined
}

/** Hashed, so that what somebody typed is readable in no cache. */
function keyOf(release: string, name: string): string {
  return `janta:${createHash('sha256').update(`${release} ${name}`).digest('base64url')}`
}

function keptIn(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined
  try {
    const read = JSON.parse(text) as Partial<Kept> | null
    return typeof read?.at === 'number' ? { value: read.value, at: read.at } : undefined
  } catch (error) {
    // Somebody else's bytes under our key are no answer, and the next making overwrites them.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
