/**
 * When a step is justified. These are this project's own proposals, not AWS's: change them here, with a reason in the
 * commit. Shares are 0..1. Every figure is the 95th percentile over the busy hours of the last seven days, and must
 * have been passed on `daysOverLeast` different days, so that one sale or one crawler buys nothing.
 */
export const thresholds = {
  // what counts as enough evidence
  adviseDaysLeast: 7,
  stepDownDaysLeast: 14,
  windowDaysMost: 28,
  judgedDays: 7,
  coverageLeast: 0.9,
  gapHoursMost: 12,
  daysOverLeast: 3,
  /** The hours of a week with the most requests: one in four, some six a day. */
  busyHoursShare: 0.25,
  /** Fewer requests in an hour say nothing about a percentile. */
  requestsForPercentile: 20,

  // API task
  apiCpu: 0.6,
  apiMemory: 0.75,
  p95LimitMs: 800,
  databaseTimeShare: 0.5,
  loopDelayP99Ms: 50,
  /** Memory of the quiet hours this near to that of the busy ones does not follow traffic: a leak, not a lack of tasks. */
  memoryFlatShare: 0.95,

  // database
  sessionsOverVcpuMinutesPerDay: 15,
  cacheHitLeast: 0.99,
  connectionsShare: 0.7,
  /** Credits left when the fall reaches this many days ahead count as exhausted. */
  creditDaysAhead: 14,
  /** One statement with this share of database time is mended before anything is bought. */
  topStatementShare: 0.5,
  /** Connections of which so many sit idle want a smaller pool, which is free. */
  idleConnectionsShare: 0.8,
  poolMaxLeast: 5,

  // cache
  repeatableShare: 0.4,
  hitRateLeast: 0.8,
  /** A cache, like a replica, only helps a database that is in somebody's way. */
  databasePressedCpu: 0.6,

  // read replica
  readShare: 0.7,

  // workers
  oldestJobSeconds: 60,
  /** A queue old in this many hours of the day or fewer is a batch to be moved, not a lack of workers. */
  batchHoursOfDay: 2,
  workerCpu: 0.3,
  workerCpuFull: 0.75,

  // stepping down: what remains must stay this far below its own limit
  stepDownHeadroom: 0.6,
  stepDownGrowthDays: 90,

  // trend
  watchDaysAhead: 60,
  trendDaysLeast: 10,
  trendAgreement: 0.6,
} as const

export type Thresholds = { readonly [name in keyof typeof thresholds]: number }
