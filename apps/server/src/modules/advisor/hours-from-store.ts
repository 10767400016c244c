import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { countAbove, mergeSpreads, quantileOf, type Spread } from '#kernel/spread'
import { sizeFacts } from './step-prices.ts'
import type { DatabaseSize, Hour, Split } from './trace.ts'

/** Anything that knows some figures of some hours: our own store, CloudWatch, another monitor. */
export interface Figures {
  /** By the hour's beginning in milliseconds; only what it measured is there. */
  readHours(from: Date, to: Date): Promise<Map<number, Partial<Hour>>>
}

interface Row {
  readonly at: number
  readonly service: string
  readonly name: string
  readonly label: string
  readonly count: number
  readonly total: number
  readonly most: number
  readonly spread: Spread
}

const rowsMax = 400_000
const used = [
  'http.duration',
  'http.faults',
  'http.waited',
  'process.cpu',
  'process.memory',
  'process.loop_delay',
  'database.statement_time',
  'database.repeatable_time',
  'database.repeatable_reads',
  'database.top_statement_time',
  'database.sessions_active',
  'database.connections',
  'database.blocks',
  'jobs.oldest_ready',
]

/** The hours our own processes recorded; of the database, what it shows to the application. */
export function storedFigures(database: Database, size: DatabaseSize): Figures {
  return {
    async readHours(from, to) {
      const { rows } = await sql<Row>`
        select (extract(epoch from hour) * 1000)::bigint as at, service, name, label, count, total, most, spread
        from advisor.hour
        where hour >= ${from} and hour < ${to} and name = any(${used})
        order by hour, service, name, label limit ${rowsMax}`.execute(database.db)
      const hours = Map.groupBy(rows, row => row.at)
      return new Map([...hours].map(([at, of]) => [at, hourOf(at, of, size)]))
    },
  }
}

/** One hour from its rows. Exported for its test. */
export function hourOf(startsAt: number, rows: readonly Row[], size: DatabaseSize): Hour {
  const find = (service: string | null, name: string, label?: string) =>
    rows.filter(
      row =>
        row.name === name &&
        (service === null || row.service === service) &&
        (label === undefined || row.label === label),
    )
  const total = (of: readonly Row[]) => of.reduce((sum, row) => sum + row.total, 0)
  const count = (of: readonly Row[]) => of.reduce((sum, row) => sum + row.count, 0)
  const mean = (of: readonly Row[]) => (count(of) > 0 ? total(of) / count(of) : null)
  const quantile = (of: readonly Row[], share: number) =>
    quantileOf(mergeSpreads(of.map(row => row.spread)), share) ?? null
  const scaled = (value: number | null, by: number) => (value === null ? null : value / by)

  const duration = find('web', 'http.duration')
  const p95Ms = scaled(quantile(duration, 0.95), 1_000)
  const databaseUs = total(find(null, 'database.statement_time'))
  const ofDatabase = (us: number) => (databaseUs > 0 ? Math.min(1, us / databaseUs) : null)
  const active = find(null, 'database.sessions_active')
  const [hit, read] = ['hit', 'read'].map(label => total(find(null, 'database.blocks', label)))
  const asked = total(find(null, 'database.repeatable_reads', 'asked'))
  return {
    startsAt,
    requests: count(duration),
    errors: total(find('web', 'http.faults')),
    p95Ms,
    split:
      p95Ms === null
        ? null
        : splitOf(p95Ms, label => quantile(find('web', 'http.waited', label), 0.95) ?? 0),
    loopDelayP99Ms: scaled(quantile(find('web', 'process.loop_delay'), 0.95), 1_000),
    apiCpu: scaled(mean(find('web', 'process.cpu')), 1_000),
    apiMemory: scaled(mean(find('web', 'process.memory')), 1_000),
    databaseCpu: null,
    activeSessions: mean(active),
    minutesOverVcpu:
      active.length === 0
        ? null
        : countAbove(mergeSpreads(active.map(row => row.spread)), sizeFacts[size].vcpus),
    creditBalance: null,
    cacheHit: hit && hit + (read ?? 0) > 0 ? hit / (hit + (read ?? 0)) : null,
    connections: most(find(null, 'database.connections', 'open')),
    connectionsMax: most(find(null, 'database.connections', 'allowed')),
    readShare: ofDatabase(total(find(null, 'database.statement_time', 'read'))),
    repeatableShare: ofDatabase(total(find(null, 'database.repeatable_time'))),
    topStatementShare: ofDatabase(total(find(null, 'database.top_statement_time'))),
    hitRate: asked > 0 ? total(find(null, 'database.repeatable_reads', 'found')) / asked : null,
    oldestJobSeconds: quantile(find(null, 'jobs.oldest_ready'), 0.95),
    workerCpu: scaled(mean(find('worker', 'process.cpu')), 1_000),
  }
}

const most = (rows: readonly Row[]): number | null =>
  rows.length === 0 ? null : Math.max(...rows.map(row => row.most))

/**
 * Where the slow tail's time went: the 95th percentile of each part, scaled to that of the whole. Parts of different
 * requests do not strictly add up; for telling a slow database from a full processor they are near enough.
 */
function splitOf(p95Ms: number, partUs: (label: string) => number): Split {
  const parts = {
    own: partUs('own'),
    pool: partUs('pool'),
    database: partUs('database'),
    outbound: partUs('outbound'),
  }
  const all = parts.own + parts.pool + parts.database + parts.outbound
  const scale = all > 0 ? p95Ms / all : 0
  return {
    loopMs: parts.own * scale,
    poolWaitMs: parts.pool * scale,
    databaseMs: parts.database * scale,
    outboundMs: parts.outbound * scale,
  }
}
