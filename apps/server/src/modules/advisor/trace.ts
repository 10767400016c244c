/** What runs now; the advice is about changing one line of this. */
export interface Installation {
  readonly apiTasks: number
  readonly apiTasksLeast: number
  readonly workers: number
  readonly databaseSize: DatabaseSize
  readonly isMultiAz: boolean
  readonly hasReplica: boolean
  readonly hasCache: boolean
  /** Public catalogue answers carry cache headers and a CDN stands in front. */
  readonly hasCdn: boolean
  readonly poolMax: number
}

export const databaseSizes = ['micro', 'small', 'medium', 'large'] as const
export type DatabaseSize = (typeof databaseSizes)[number]

/** One hour of the whole installation. `null` where nobody measured; shares are 0..1. */
export interface Hour {
  /** Milliseconds since the epoch, a whole hour. */
  readonly startsAt: number
  readonly requests: number
  readonly errors: number
  readonly p95Ms: number | null
  /** Where the slow tail's time went; adds up to `p95Ms`. */
  readonly split: Split | null
  readonly loopDelayP99Ms: number | null
  readonly apiCpu: number | null
  readonly apiMemory: number | null
  readonly databaseCpu: number | null
  /** Average active sessions, and minutes of this hour in which they exceeded the vCPUs. */
  readonly activeSessions: number | null
  readonly minutesOverVcpu: number | null
  readonly creditBalance: number | null
  readonly cacheHit: number | null
  readonly connections: number | null
  readonly connectionsMax: number | null
  /** Of database time: reads, reads that repeat within a minute, and the dearest statement. */
  readonly readShare: number | null
  readonly repeatableShare: number | null
  readonly topStatementShare: number | null
  /** Of the repeatable reads, those asked before within a minute. */
  readonly hitRate: number | null
  readonly oldestJobSeconds: number | null
  readonly workerCpu: number | null
}

export interface Split {
  readonly loopMs: number
  readonly poolWaitMs: number
  readonly databaseMs: number
  readonly outboundMs: number
}

export interface Trace {
  /** When the question is asked; hours after it are a clock gone wrong. */
  readonly askedAt: number
  readonly installation: Installation
  readonly hours: readonly Hour[]
}

export type Measured = Exclude<keyof Hour, 'startsAt' | 'requests' | 'errors' | 'split'>

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** The shop's day is India's, so that the busiest hour of a day is not cut in two. */
const indiaOffsetMs = 5.5 * hourMs
export const dayOf = (at: number): number => Math.floor((at + indiaOffsetMs) / dayMs)
export const hourOfDay = (at: number): number =>
  Math.floor((((at + indiaOffsetMs) % dayMs) + dayMs) / hourMs) % 24
