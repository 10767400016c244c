import type { Status } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { findQueueState } from '#kernel/jobs-queue'
import type { Storage } from '#kernel/storage'

type Component = Status['components'][number]

export interface StatusOptions {
  readonly database: Database
  readonly storage: Storage
  readonly version: string
}

const freshMs = 10_000
const storageFreshMs = 60_000
const answerWithinMs = 1_000
const databaseLateMs = 500
const databaseWithinMs = 2_000
const jobsLateSeconds = 300
const storageLateMs = 1_500
/** Nothing is ever stored under it: that it is missing is an answer, too. */
const storageProbeKey = 'status/probe'

/**
 * What works and what does not, for anybody who asks. The last look is answered at once and a new one is begun behind
 * it, one at a time, so a hundred askers cost one look and a part that hangs delays nobody.
 */
export class StatusBoard {
  readonly #options: StatusOptions
  #components: readonly Component[] = []
  #lookedAt = 0
  #storage: Component = unknown('storage')
  #storageLookedAt = 0
  #looking: Promise<void> | undefined

  constructor(options: StatusOptions) {
    this.#options = options
  }

  async read(): Promise<Status> {
    if (Date.now() - this.#lookedAt > freshMs) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined
      })
      await Promise.race([this.#looking, pause(answerWithinMs)])
    }
    const components =
      this.#components.length > 0
        ? this.#components
        : ['database', 'jobs', 'storage'].map(name => unknown(name as Component['name']))
    return {
      state: worst(components),
      checkedAt: new Date(this.#lookedAt || Date.now()).toISOString(),
      version: this.#options.version,
      components: [...components],
    }
  }

  async #look(): Promise<void> {
    const { database } = this.#options
    const [databaseState, jobs] = await Promise.all([
      lookAt('database', () => databaseComponent(database)),
      lookAt('jobs', () => jobsComponent(database)),
    ])
    this.#components = [databaseState, jobs, this.#storage]
    this.#lookedAt = Date.now()
    if (Date.now() - this.#storageLookedAt > storageFreshMs) {
      this.#storage = await lookAt('storage', () => storageComponent(this.#options.storage))
      this.#storageLookedAt = Date.now()
      this.#components = [databaseState, jobs, this.#storage]
    }
  }
}

async function databaseComponent({ reads }: Database): Promise<Component> {
  const from = performance.now()
  await sql`select 1`.execute(reads)
  const isLate = performance.now() - from > databaseLateMs
  return isLate
    ? { name: 'database', state: 'late', sentence: 'The database answers slowly.' }
    : { name: 'database', state: 'ok', sentence: 'The database answers.' }
}

async function jobsComponent({ reads }: Database): Promise<Component> {
  const { oldestSeconds } = await findQueueState(reads)
  return oldestSeconds > jobsLateSeconds
    ? {
        name: 'jobs',
        state: 'late',
        sentence: `The oldest waiting job is ${Math.round(oldestSeconds / 60)} minutes old. Messages and documents are late; orders are not.`,
      }
    : { name: 'jobs', state: 'ok', sentence: 'Jobs are done as they come.' }
}

async function storageComponent(storage: Storage): Promise<Component> {
  const from = performance.now()
  await storage.head(storageProbeKey)
  const isLate = performance.now() - from > storageLateMs
  return isLate
    ? { name: 'storage', state: 'late', sentence: 'The file store answers slowly.' }
    : { name: 'storage', state: 'ok', sentence: 'The file store answers.' }
}

/** An unreachable part is what this page is for, so its error is the answer; its text may name hosts and is not told. */
async function lookAt(name: Component['name'], look: () => Promise<Component>): Promise<Component> {
  const unreachable: Component = {
    name,
    state: 'unreachable',
    sentence: unreachableSentences[name],
  }
  const late = pause(name === 'storage' ? databaseWithinMs * 2 : databaseWithinMs).then(
    () => unreachable,
  )
  return Promise.race([look().catch(() => unreachable), late])
}

const unreachableSentences: Record<Component['name'], string> = {
  database:
    'The database does not answer. Orders cannot be placed; nothing that was saved is lost.',
  jobs: 'Whether jobs wait cannot be seen.',
  storage:
    'The file store does not answer. Prescriptions cannot be sent or seen; everything else works.',
}

const unknown = (name: Component['name']): Component => ({
  name,
  state: 'unknown',
  sentence: 'Not looked at yet. Ask again in a moment.',
})

const severity = ['ok', 'unknown', 'late', 'unreachable'] as const

function worst(components: readonly Component[]): Component['state'] {
  const worstAt = Math.max(...components.map(one => severity.indexOf(one.state)))
  return severity[worstAt] ?? 'unknown'
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms).unref())
