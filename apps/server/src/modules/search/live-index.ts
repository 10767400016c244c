import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '#kernel/database'
import { isWorldGone } from '#kernel/problem'
import { metrics } from '#kernel/metrics'
import type { Look } from '#kernel/look'
import { codeKey } from './code-key.ts'
import { isKeptWithin } from './find-kept-index.ts'
import { followIndex } from './follow-index.ts'
import { packIndex } from './index-bytes.ts'
import { keepIndex } from './keep-index.ts'
import { MedicineIndex } from './medicine-index.ts'
import type { LowestPrices } from './found-medicine.ts'
import { MedicineSearch } from './medicines.ts'
import { openIndex } from './open-index.ts'
import { keptPacksLeast } from './prepare-index.ts'
import { warmMsMax, warmSearch } from './warm-search.ts'

/** Between two looks; what changed is in the answers of every process at most two seconds later. */
const followEveryMs = 500
const retryMsMax = 5_000
/** So many changes later the next start would spend as long on them as on the rest. */
const keepAfterChanges = 2_000
const keepEvery = '1 minute'
const keepEveryMs = 60_000

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

type Loaded = { packs: number; ms: number; isKept: boolean }

export interface LiveIndexOptions {
  readonly database: Database
  /** Told when the catalogue was read, how, and when the database could not be asked. */
  readonly report: (what: Readonly<Loaded> | { readonly fault: Error }) => void
  readonly everyMs?: number
  readonly keptPacksLeast?: number
}

/**
 * This process's copy of what can be found, restored at start from what another process kept or read whole, and
 * following the database by itself. A look that fails is made again from the same point, so nothing is missed,
 * whatever breaks; on a new Indian day everything is read again, because dates change what may be sold without
 * anybody writing a row.
 *
 * It reads the writing database, never a copy of it. Only there does `pg_current_snapshot` know which transactions
 * run: on a standby it is made of what was replayed, so a look taken of one server and answered by another (the copy
 * falls back to the primary when it is late, and comes back) could jump over a change for ever. Two statements every
 * half second and the rows that changed are all it costs the primary.
 */
export class LiveIndex {
  readonly #options: LiveIndexOptions
  readonly #stopping = new AbortController()
  readonly #codeKey = codeKey()
  #index = new MedicineIndex()
  #search: MedicineSearch | undefined
  #looked: Look | undefined
  #revision = 0
  readonly #lowest: LowestPrices = new Map()
  #running: Promise<void> | undefined
  #failures = 0
  #changesToKeep = 0
  #keptAt = Number.NEGATIVE_INFINITY
  #keeping: Promise<void> | undefined

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

  /** Another number after anything in the index changed: answers made before may not be given any more. */
  get revision(): number {
    return this.#revision
  }

  /** Lowest prices of the same medicine found since the last change. */
  get lowest(): LowestPrices {
    return this.#lowest
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends the following; a look in flight, and what is being kept, are waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await this.#keeping
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        if (this.#looked === undefined) await this.#load()
        else await this.followOnce()
        this.#failures = 0
        await this.#keepWhenWorthIt()
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
    const { database, report, keptPacksLeast: least = keptPacksLeast } = this.#options
    const from = performance.now()
    const opened = await openIndex(database.reads, this.#codeKey, fault => report({ fault }))
    const { index, look, isKept, written } = opened
    this.#index = index
    this.#looked = look
    this.#changesToKeep = isKept ? written : keepAfterChanges
    const search = new MedicineSearch(index)
    // A small list is quickly searched by code that is not compiled yet.
    if (index.count >= least)
      await warmSearch(
        { search, index, lowest: this.#lowest },
        { msMax: warmMsMax, signal: this.#stopping.signal },
      )
    this.#search = search
    this.#forget()
    const ms = Math.round(performance.now() - from)
    loadTime.record(ms * 1_000)
    report({ packs: index.count, ms, isKept })
  }

  /** Looks once and takes in what changed since the last look. */
  async followOnce(): Promise<void> {
    const before = this.#looked
    if (!before) return
    const { reads } = this.#options.database
    const { look, taken, written, isLawChanged } = await followIndex(reads, this.#index, before)
    if (taken > 0 || isLawChanged) this.#forget()
    this.#looked = look
    this.#changesToKeep += written
    followed.add(taken)
  }

  /** What was worked out from the index before it changed. */
  #forget(): void {
    this.#revision++
    this.#lowest.clear()
  }

  /** Packing holds the following up for a moment; the writing goes on beside it. */
  async #keepWhenWorthIt(): Promise<void> {
    const { database, keptPacksLeast: least = keptPacksLeast } = this.#options
    if (this.#changesToKeep < keepAfterChanges || this.#index.count < least) return
    if (this.#keeping || !this.#looked || performance.now() - this.#keptAt < keepEveryMs) return
    this.#keptAt = performance.now()
    this.#changesToKeep = 0
    if (await isKeptWithin(database.reads, this.#codeKey, keepEvery)) return
    const parts = await packIndex(this.#index)
    const kept = { codeKey: this.#codeKey, look: this.#looked, packs: this.#index.count }
    this.#keeping = keepIndex(database, kept, parts)
      .catch((fault: Error) => this.#fail(fault))
      .finally(() => {
        this.#keeping = undefined
      })
  }
}
