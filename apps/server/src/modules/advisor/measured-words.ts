import type { Measured } from './trace.ts'

/** What each figure is, for the owner who reads that nobody measured it. */
export const measuredWords: Readonly<Record<Measured, string>> = {
  p95Ms: 'how long answers take',
  loopDelayP99Ms: 'how long the server’s own work waits for its turn',
  apiCpu: 'the API tasks’ processor',
  apiMemory: 'the API tasks’ memory',
  databaseCpu: 'the database’s processor',
  activeSessions: 'how many statements run at once',
  minutesOverVcpu: 'how long statements wait for a processor of the database',
  creditBalance: 'the database’s processor credit',
  cacheHit: 'how much the database finds in its memory',
  connections: 'the open connections',
  connectionsMax: 'how many connections there may be',
  readShare: 'how much of the database’s time is reading',
  repeatableShare: 'how much of the database’s time is reads that repeat',
  topStatementShare: 'the dearest statement’s share of the database’s time',
  hitRate: 'how many of the repeated reads a cache would find',
  oldestJobSeconds: 'how long the oldest job waits',
  workerCpu: 'the worker’s processor',
}
