import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch'
import type { Figures } from './hours-from-store.ts'
import type { Hour } from './trace.ts'

/** Asks AWS; the real client's `send(new GetMetricDataCommand(input))`. */
export type AskCloudWatch = (
  input: GetMetricDataCommandInput,
) => Promise<Pick<GetMetricDataCommandOutput, 'MetricDataResults' | 'NextToken'>>

interface Query {
  readonly field:
    | 'apiCpu'
    | 'apiMemory'
    | 'workerCpu'
    | 'databaseCpu'
    | 'creditBalance'
    | 'connections'
    | 'activeSessions'
  readonly namespace: 'AWS/ECS' | 'AWS/RDS'
  readonly metric: string
  readonly statistic: 'Average' | 'Minimum' | 'Maximum'
  readonly of: 'api' | 'worker' | 'database'
  /** AWS tells percent where we keep shares. */
  readonly isPercent: boolean
}

const queries: readonly Query[] = [
  {
    field: 'apiCpu',
    namespace: 'AWS/ECS',
    metric: 'CPUUtilization',
    statistic: 'Average',
    of: 'api',
    isPercent: true,
  },
  {
    field: 'apiMemory',
    namespace: 'AWS/ECS',
    metric: 'MemoryUtilization',
    statistic: 'Average',
    of: 'api',
    isPercent: true,
  },
  {
    field: 'workerCpu',
    namespace: 'AWS/ECS',
    metric: 'CPUUtilization',
    statistic: 'Average',
    of: 'worker',
    isPercent: true,
  },
  {
    field: 'databaseCpu',
    namespace: 'AWS/RDS',
    metric: 'CPUUtilization',
    statistic: 'Average',
    of: 'database',
    isPercent: true,
  },
  {
    field: 'creditBalance',
    namespace: 'AWS/RDS',
    metric: 'CPUCreditBalance',
    statistic: 'Minimum',
    of: 'database',
    isPercent: false,
  },
  {
    field: 'connections',
    namespace: 'AWS/RDS',
    metric: 'DatabaseConnections',
    statistic: 'Maximum',
    of: 'database',
    isPercent: false,
  },
  {
    field: 'activeSessions',
    namespace: 'AWS/RDS',
    metric: 'DBLoad',
    statistic: 'Average',
    of: 'database',
    isPercent: false,
  },
]

const periodSeconds = 3_600
const pagesMax = 20

/**
 * What AWS measured from outside, hour by hour. `installation` is the prefix every name of the installation has
 * (`janta-launch`): cluster, services and database are named by it.
 */
export function cloudWatchFigures(ask: AskCloudWatch, installation: string): Figures {
  return {
    async readHours(from, to) {
      const hours = new Map<number, { -readonly [K in keyof Hour]?: Hour[K] }>()
      let NextToken: string | undefined
      for (let page = 1; page <= pagesMax; page++) {
        const answer = await ask({
          StartTime: from,
          EndTime: to,
          ScanBy: 'TimestampAscending',
          MetricDataQueries: queries.map((query, at) => queryOf(query, at, installation)),
          ...(NextToken && { NextToken }),
        })
        for (const result of answer.MetricDataResults ?? []) {
          const query = queries[Number(result.Id?.slice(1))]
          if (!query) continue
          for (const [at, time] of (result.Timestamps ?? []).entries()) {
            const value = result.Values?.[at]
            if (value === undefined) continue
            const hour = hours.get(time.getTime()) ?? {}
            hour[query.field] = query.isPercent ? value / 100 : value
            hours.set(time.getTime(), hour)
          }
        }
        NextToken = answer.NextToken
        if (!NextToken) return hours
      }
      throw new Error(`CloudWatch answered more than ${pagesMax} pages`)
    },
  }
}

function queryOf(query: Query, at: number, installation: string): MetricDataQuery {
  const dimensions =
    query.of === 'database'
      ? [{ Name: 'DBInstanceIdentifier', Value: installation }]
      : [
          { Name: 'ClusterName', Value: installation },
          { Name: 'ServiceName', Value: `${installation}-${query.of}` },
        ]
  return {
    Id: `q${at}`,
    MetricStat: {
      Metric: { Namespace: query.namespace, MetricName: query.metric, Dimensions: dimensions },
      Period: periodSeconds,
      Stat: query.statistic,
    },
  }
}
