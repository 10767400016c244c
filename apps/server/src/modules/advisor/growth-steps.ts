import { type SizeFact, nextSize } from './step-prices.ts'
import { thresholds } from './thresholds.ts'
import type { DatabaseSize } from './trace.ts'

/** A step up that the figures may justify, as the cost report, the runbook and the advice all name it. */
export interface GrowthStep {
  readonly step: 'add_api_task' | 'bigger_database' | 'add_cache' | 'add_replica' | 'add_worker'
  readonly title: string
  /** For a bigger database, what is short; the size that gives more of it is another for each. */
  readonly short?: SizeFact
  readonly when: string
}

/** From this size the table of a launch speaks. */
const launchSize: DatabaseSize = 'small'

/** The size to go to when this is short: the advice and the price list ask the same table of sizes. */
export const sizeFor = (short: SizeFact, from: DatabaseSize = launchSize): DatabaseSize =>
  nextSize(from, short) ?? from

const percent = (share: number) => `${Math.round(share * 100)} %`
const size = (short: SizeFact) => `database ${launchSize} to ${sizeFor(short)}`

/**
 * Every step the advisor may name, once. The cost model (infra/cost) prices these very rows, so that cost and advice
 * cannot part; the limits in the words are the advisor's own.
 */
export const growthSteps: readonly GrowthStep[] = [
  {
    step: 'add_api_task',
    title: 'one more API task',
    when: `CPU over ${percent(thresholds.apiCpu)} while the database takes under ${percent(thresholds.databaseTimeShare)} of the time, or memory over ${percent(thresholds.apiMemory)}`,
  },
  {
    step: 'add_worker',
    title: 'one more worker',
    when: `the oldest ready job waits over ${thresholds.oldestJobSeconds} s, in more than ${thresholds.batchHoursOfDay} hours of the day`,
  },
  {
    step: 'bigger_database',
    short: 'gb',
    title: size('gb'),
    when: `under ${percent(thresholds.cacheHitLeast)} of the blocks from memory, or ${percent(thresholds.connectionsShare)} of the connections taken`,
  },
  {
    step: 'bigger_database',
    short: 'baseline',
    title: size('baseline'),
    when: `CPU credits end within ${thresholds.creditDaysAhead} days, or more sessions than vCPUs for ${thresholds.sessionsOverVcpuMinutesPerDay} minutes a day`,
  },
  {
    step: 'add_replica',
    title: 'read replica',
    when: `more sessions than vCPUs, and reads over ${percent(thresholds.readShare)} of database time`,
  },
  {
    step: 'add_cache',
    title: 'Valkey cache',
    when: `repeated reads over ${percent(thresholds.repeatableShare)} of database time, ${percent(thresholds.hitRateLeast)} of them found`,
  },
]
