import { setTimeout as wait } from 'node:timers/promises'
import { isWorldGone } from '#kernel/problem'
import { metrics } from '#kernel/metrics'
import { type Look, lookNow } from '#kernel/look'
import { findChangedPacks, readListedPacksOf, type Reader } from '#modules/catalogue'
import { findAvailability, findMovedPacks } from '#modules/stock'
import { learn, loadIndex, loadShelf } from './load-index.ts'
import { MedicineIndex } from './medicine-index.ts'
import { MedicineSearch } from './medicines.ts'
import { findChangedPopularity } from './popularity.ts'

/** Between two looks; what changed is in the answers of every process at most two seconds later. */
const followEveryMs = 500
const retryMsMax = 5_000
/** More at once are taken by reading everything again. */
const changesMax = 4_000

const loadTime = metrics.distribution({
  name: 'search.load_time',
  unit: 'microseconds',
  meaning: 'From beginning to read the catalogue to answering from memory',
})
const followed = metrics.counter({
  name: 'search.followed',
  unit: 'count',
  meaning: 'Medicines brought up to date in memory',
})
const followFailures = metrics.counter({
  name: 'search.follow_failures',
  unit: 'count',
  meaning: 'Looks at what changed that failed; the next one makes up for it',
})

export interface LiveIndexOptions {
  readonly reads: Reader
  /** Told when the catalogue was read and when the database could not be asked. */
  readonly report: (
    what: { readonly packs: number; readonly ms: number } | { fault: Error },
  ) => void
  readonly everyMs?: number
}

/**
 * This process's copy of what can be found, loaded at start and following the database by itself. A look that fails
 * is made again from the same point, so nothing is missed, whatever breaks; on a new Indian day everything is read
 * again, because dates change what may be sold without anybody writing a row.
 */
export class LiveIndex {
  readonly #options: LiveIndexOptions
  readonly #stopping = new AbortController()
  readonly #index = new MedicineIndex()
  #search: MedicineSearch | undefined
  #looked: Look | undefined
  #running: Promise<void> | undefined
  #failures = 0

  constructor(options: LiveIndexOptions) {
    this.#options = options
  }

  /** The search, once everything was read; until then the catalogue's own simple one answers. */
  get search(): MedicineSearch | undefined {
    return this.#search
  }

  get index(): MedicineIndex {
    return this.#index
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends the following; a look in flight is waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        if (this.#looked === undefined) await this.#load()
        else await this.followOnce()
        this.#failures = 0
      } catch (error) {
        this.#fail(error as Error)
      }
      const usual = this.#options.everyMs ?? followEveryMs
      const pause = Math.min(usual * 2 ** Math.min(this.#failures, 6), retryMsMax)
      // Stopping ends the pause; nothing else can.
      await wait(pause, undefined, { signal, ref: false }).catch(() => signal.aborted)
    }
  }

  /** A fault of ours must be seen, but must not end the following: the next look may well succeed. */
  #fail(fault: Error): void {
    this.#failures++
    followFailures.add()
    if (this.#stopping.signal.aborted && isWorldGone(fault)) return
    this.#options.report({ fault })
  }

  async #load(): Promise<void> {
    const from = performance.now()
    const look = await lookNow(this.#options.reads)
    const packs = await loadIndex(this.#options.reads, this.#index, false)
    this.#search = new MedicineSearch(this.#index)
    this.#looked = look
    const ms = Math.round(performance.now() - from)
    loadTime.record(ms * 1_000)
    this.#options.report({ packs, ms })
  }

  /** Looks once and takes in what changed since the last look. */
  async followOnce(): Promise<void> {
    const before = this.#looked
    if (!before) return
    const { reads } = this.#options
    const look = await lookNow(reads)
    const looks = { since: before.seen, until: look.seen }
    if (look.today !== before.today) await loadIndex(reads, this.#index, true)
    else {
      const [changes, moved, learned] = await Promise.all([
        findChangedPacks(reads, looks, changesMax),
        findMovedPacks(reads, looks, changesMax),
        findChangedPopularity(reads, looks, changesMax),
      ])
      if (changes.kind === 'many' || learned.length >= changesMax)
        await loadIndex(reads, this.#index, true)
      else {
        await this.#takePacks(changes.packIds)
        await this.#takeShelf(moved)
        learn(this.#index, learned)
        followed.add(changes.packIds.length + moved.length + learned.length)
      }
    }
    this.#looked = look
  }

  async #takePacks(packIds: readonly string[]): Promise<void> {
    if (packIds.length === 0) return
    const rows = await readListedPacksOf(this.#options.reads, packIds)
    for (const row of rows) this.#index.putChanged(row)
    const there = new Set(rows.map(row => row.id))
    for (const id of packIds) if (!there.has(id)) this.#index.remove(id)
  }

  async #takeShelf(packIds: readonly string[]): Promise<void> {
    if (packIds.length === 0) return
    if (packIds.length >= changesMax) return loadShelf(this.#options.reads, this.#index)
    for (const [id, one] of await findAvailability(this.#options.reads, packIds))
      this.#index.setShelf(id, one.availablePacks, one.earliestExpiry)
  }
}
