import {
  aws_elasticloadbalancingv2 as elb,
  type aws_cloudwatch as cloudwatch,
  Duration,
} from 'aws-cdk-lib'
import type { Environment } from '../settings.ts'
import type { Compute } from './compute.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { businessSignals } from './business-signals.ts'

/** Who is called: the one engineer, the pharmacist in charge, or whoever keeps the books. */
export type Owner = 'engineer' | 'pharmacist' | 'accounts'

export interface Signal {
  readonly id: string
  /** What the person who is called should think when it rings. */
  readonly meaning: string
  readonly owner: Owner
  readonly metric: cloudwatch.IMetric
  readonly threshold: number
  /** How many periods of the metric in a row. */
  readonly periods: number
  readonly isWhenBelow?: boolean
  /** Silence is the fault itself: whoever should have measured is gone. */
  readonly ringsOnSilence?: boolean
}

const bytesPerGb = 1_000_000_000
const each = (statistic: string) => ({ period: Duration.minutes(1), statistic })

/** Every alarm of an environment: what a customer would notice, or what will hurt within the day. */
export function signals(
  environment: Environment,
  foundation: Foundation,
  compute: Compute,
  { balancer }: LoadBalancer,
): Signal[] {
  return [
    ...serviceSignals(compute, balancer),
    ...databaseSignals(environment, foundation),
    ...businessSignals(environment),
  ]
}

function serviceSignals(compute: Compute, balancer: LoadBalancer['balancer']): Signal[] {
  const owner = 'engineer'
  return [
    {
      id: 'RequestsFail',
      meaning: 'Tasks answer 5xx. Look at the API log by request id.',
      owner,
      metric: compute.apiTargets.metrics.httpCodeTarget(
        elb.HttpCodeTarget.TARGET_5XX_COUNT,
        each('Sum'),
      ),
      threshold: 5,
      periods: 3,
    },
    {
      id: 'NoAnswer',
      meaning: 'The load balancer itself answers 5xx: no ready task. Check the last release.',
      owner,
      metric: balancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, each('Sum')),
      threshold: 5,
      periods: 3,
    },
    {
      id: 'SlowAnswers',
      meaning: 'One request in twenty waits over 0.8 s. Start with the five dearest statements.',
      owner,
      metric: compute.apiTargets.metrics.targetResponseTime(each('p95')),
      threshold: 0.8,
      periods: 5,
    },
    {
      id: 'ApiNotReady',
      meaning: 'An API task is not ready: the database or a migration is missing.',
      owner,
      metric: compute.apiTargets.metrics.unhealthyHostCount(each('Minimum')),
      threshold: 0,
      periods: 5,
    },
    {
      id: 'ShopNotReady',
      meaning: 'A shop task does not answer.',
      owner,
      metric: compute.shopTargets.metrics.unhealthyHostCount(each('Minimum')),
      threshold: 0,
      periods: 5,
    },
    {
      id: 'ApiMemory',
      meaning: 'API tasks near their memory. They will be killed above it.',
      owner,
      metric: compute.api.metricMemoryUtilization(each('Average')),
      threshold: 85,
      periods: 5,
    },
    {
      id: 'WorkerBusy',
      meaning: 'The worker cannot keep up: messages, invoices and cleaning of uploads are late.',
      owner,
      metric: compute.worker.metricCpuUtilization(each('Average')),
      threshold: 85,
      periods: 15,
    },
  ]
}

function databaseSignals(environment: Environment, foundation: Foundation): Signal[] {
  const database = foundation.database.primary
  const owner = 'engineer'
  return [
    {
      id: 'DatabaseBusy',
      meaning: 'The database works near its limit. See the scaling signals before buying.',
      owner,
      metric: database.metricCPUUtilization(each('Average')),
      threshold: 80,
      periods: 10,
    },
    {
      id: 'DatabaseCredits',
      meaning: 'CPU credits run out: from here on the surplus is billed.',
      owner,
      metric: database.metric('CPUCreditBalance', each('Minimum')),
      threshold: 60,
      periods: 15,
      isWhenBelow: true,
    },
    {
      id: 'DatabaseConnections',
      meaning: 'Seven of ten possible connections are used; a rolling deploy may need the rest.',
      owner,
      metric: database.metricDatabaseConnections(each('Maximum')),
      threshold: connectionsAlarm[environment.database.size],
      periods: 5,
    },
    {
      id: 'DatabaseStorage',
      meaning: 'Less than 4 GB free although storage grows by itself: it reached its limit.',
      owner,
      metric: database.metricFreeStorageSpace(each('Minimum')),
      threshold: 4 * bytesPerGb,
      periods: 5,
      isWhenBelow: true,
    },
  ]
}

/** 70 % of max_connections, which is memory / 9,531,392 bytes on RDS: about 110, 225, 450 and 900. */
const connectionsAlarm = { micro: 77, small: 157, medium: 315, large: 630 } as const
