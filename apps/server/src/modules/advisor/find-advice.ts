import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { sql } from 'kysely'
import type { Surroundings } from '#kernel/module'
import { outbound } from '#kernel/scope'
import { type Advice, advise } from './advice.ts'
import { cloudWatchFigures } from './hours-from-cloudwatch.ts'
import { type Figures, storedFigures } from './hours-from-store.ts'
import { thresholds } from './thresholds.ts'
import { dayMs, type Hour, hourMs, type Installation, type Trace } from './trace.ts'

const askWithinMs = 10_000

/** The advice for this installation from its own figures of the last `days` days, and from AWS's where it is known. */
export async function findAdvice(
  surroundings: Surroundings,
  days: number = thresholds.windowDaysMost,
): Promise<Advice> {
  return advise(await readTrace(surroundings, days))
}

export async function readTrace(surroundings: Surroundings, days: number): Promise<Trace> {
  const { config, database } = surroundings
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from date_trunc('hour', kernel.now(), 'UTC')) * 1000)::bigint as at`.execute(
    database.db,
  )
  const askedAt = rows[0]?.at ?? 0
  const window = [new Date(askedAt - days * dayMs), new Date(askedAt)] as const
  const sources: Figures[] = [storedFigures(database, config.installation.databaseSize)]
  if (config.installation.name)
    sources.push(outside(config.storage.region, config.installation.name))
  const [own, ...others] = await Promise.all(sources.map(source => source.readHours(...window)))
  const tasks = await countProcesses(surroundings, 'web', askedAt)
  const workers = await countProcesses(surroundings, 'worker', askedAt)
  return {
    askedAt,
    installation: installationOf(surroundings, tasks, workers),
    hours: overlay(own, others),
  }
}

function outside(region: string, installation: string): Figures {
  const client = new CloudWatchClient({ region, maxAttempts: 2 })
  return cloudWatchFigures(
    input =>
      outbound(() =>
        client.send(new GetMetricDataCommand(input), {
          abortSignal: AbortSignal.timeout(askWithinMs),
        }),
      ),
    installation,
  )
}

/** What was measured from outside replaces what the processes said of themselves. */
export function overlay(
  own: ReadonlyMap<number, Partial<Hour>> | undefined,
  others: readonly ReadonlyMap<number, Partial<Hour>>[],
): Hour[] {
  const starts = [...(own?.keys() ?? [])].toSorted((one, other) => one - other)
  return starts.map(startsAt =>
    Object.assign({}, own?.get(startsAt), ...others.map(other => other.get(startsAt))),
  )
}

const looksPerHour = hourMs / 5_000

/** How many processes of a service ran in the median hour of the last day: each looks at itself every five seconds. */
async function countProcesses(
  { database }: Surroundings,
  service: string,
  askedAt: number,
): Promise<number> {
  const { rows } = await sql<{ looks: number }>`
    select coalesce(percentile_disc(0.5) within group (order by count), 0)::integer as looks
    from advisor.hour
    where service = ${service} and name = 'process.cpu' and hour >= ${new Date(askedAt - dayMs)}`.execute(
    database.db,
  )
  return Math.max(1, Math.round((rows[0]?.looks ?? 0) / looksPerHour))
}

function installationOf({ config }: Surroundings, apiTasks: number, workers: number): Installation {
  const { databaseSize, isMultiAz, apiTasksLeast, hasCache, hasCdn } = config.installation
  return {
    apiTasks,
    apiTasksLeast,
    workers,
    databaseSize,
    isMultiAz,
    hasReplica: config.databaseReplicaUrl !== undefined,
    hasCache,
    hasCdn,
    poolMax: config.poolMax,
  }
}
