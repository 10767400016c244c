import type { FastifyInstance } from 'fastify'
import type { Cache, SharedAnswers } from '#kernel/cache'
import type { Config } from '#kernel/config'
import type { Database } from '#kernel/database'
import type { Subscriber } from '#kernel/events'
import type { Files } from '#kernel/files'
import type { Storage } from '#kernel/storage'

/** What every module is given at start; nothing else is reached for. */
export interface Surroundings {
  readonly config: Config
  readonly database: Database
  /** The default bucket, to see whether the store answers; modules keep their files through `files`. */
  readonly storage: Storage
  /** The file stores, by what a file is for. */
  readonly files: Files
  readonly cache: Cache
  /** What the processes share, where Redis is set up; it may be gone at any moment. */
  readonly shared?: SharedAnswers | undefined
}

/** Work by the clock, in cron's words and India's time; idempotent, because a job may run twice. */
export interface Recurring {
  readonly task: string
  /** graphile-worker's crontab pattern, UTC. */
  readonly pattern: string
  /** A run this many minutes ago that no worker was there for is made up for; left out, it is not. */
  readonly makesUpMinutes?: number
  readonly run: (database: Database) => Promise<void>
}

/**
 * A figure that is one for the whole pharmacy, measured by one worker: it asks the database and records into metrics
 * its module declared (`metrics.distribution({...})` of #kernel/metrics).
 */
export interface Measure {
  /** Each minute, or each hour for what adds up a whole table. */
  readonly everyMinutes: 1 | 60
  readonly measure: (database: Database) => Promise<void>
}

/** What a module gives the composition root; other modules use its exported functions instead. */
export interface Module {
  readonly name: string
  readonly routes?: (app: FastifyInstance) => void
  readonly subscribers?: readonly Subscriber[]
  readonly recurring?: readonly Recurring[]
  readonly measures?: readonly Measure[]
}
