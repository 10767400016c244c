import {
  aws_budgets as budgets,
  aws_ce as costExplorer,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_elasticloadbalancingv2 as elb,
  Duration,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import type { Compute } from './compute.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'

interface Signal {
  readonly id: string
  /** What the operator should think when it rings. */
  readonly meaning: string
  readonly metric: cloudwatch.IMetric
  readonly threshold: number
  readonly minutes: number
  readonly isWhenBelow?: boolean
}

const bytesPerGb = 1_000_000_000

/** Rings for what a customer would notice, or what will hurt within the day; nothing that heals itself at once. */
export function createAlarms(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  compute: Compute,
  loadBalancer: LoadBalancer,
): void {
  const action = new actions.SnsAction(foundation.alarms)
  for (const signal of signals(environment, foundation, compute, loadBalancer)) {
    const alarm = new cloudwatch.Alarm(scope, `${signal.id}Alarm`, {
      alarmName: `${prefixOf(environment)}-${signal.id}`,
      alarmDescription: signal.meaning,
      metric: signal.metric,
      threshold: signal.threshold,
      evaluationPeriods: signal.minutes,
      comparisonOperator: signal.isWhenBelow
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
  }
}

function signals(
  environment: Environment,
  foundation: Foundation,
  compute: Compute,
  { balancer }: LoadBalancer,
): Signal[] {
  return [...serviceSignals(compute, balancer), ...databaseSignals(environment, foundation)]
}

const each = (statistic: string) => ({ period: Duration.minutes(1), statistic })

function serviceSignals(compute: Compute, balancer: LoadBalancer['balancer']): Signal[] {
  return [
    {
      id: 'RequestsFail',
      meaning: 'Tasks answer 5xx. Look at the API log by request id.',
      metric: compute.apiTargets.metrics.httpCodeTarget(
        elb.HttpCodeTarget.TARGET_5XX_COUNT,
        each('Sum'),
      ),
      threshold: 5,
      minutes: 3,
    },
    {
      id: 'NoAnswer',
      meaning: 'The load balancer itself answers 5xx: no ready task. Check the last release.',
      metric: balancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, each('Sum')),
      threshold: 5,
      minutes: 3,
    },
    {
      id: 'SlowAnswers',
      meaning: 'One request in twenty waits over 0.8 s. Start with the five dearest statements.',
      metric: compute.apiTargets.metrics.targetResponseTime(each('p95')),
      threshold: 0.8,
      minutes: 5,
    },
    {
      id: 'ApiNotReady',
      meaning: 'An API task is not ready: the database or a migration is missing.',
      metric: compute.apiTargets.metrics.unhealthyHostCount(each('Minimum')),
      threshold: 0,
      minutes: 5,
    },
    {
      id: 'ShopNotReady',
      meaning: 'A shop task does not answer.',
      metric: compute.shopTargets.metrics.unhealthyHostCount(each('Minimum')),
      threshold: 0,
      minutes: 5,
    },
    {
      id: 'ApiMemory',
      meaning: 'API tasks near their memory. They will be killed above it.',
      metric: compute.api.metricMemoryUtilization(each('Average')),
      threshold: 85,
      minutes: 5,
    },
    {
      id: 'WorkerBusy',
      meaning: 'The worker cannot keep up: messages, invoices and cleaning of uploads are late.',
      metric: compute.worker.metricCpuUtilization(each('Average')),
      threshold: 85,
      minutes: 15,
    },
  ]
}

function databaseSignals(environment: Environment, foundation: Foundation): Signal[] {
  const database = foundation.database.primary
  return [
    {
      id: 'DatabaseBusy',
      meaning: 'The database works near its limit. See the scaling signals before buying.',
      metric: database.metricCPUUtilization(each('Average')),
      threshold: 80,
      minutes: 10,
    },
    {
      id: 'DatabaseCredits',
      meaning: 'CPU credits run out: from here on the surplus is billed.',
      metric: database.metric('CPUCreditBalance', each('Minimum')),
      threshold: 60,
      minutes: 15,
      isWhenBelow: true,
    },
    {
      id: 'DatabaseConnections',
      meaning: 'Seven of ten possible connections are used; a rolling deploy may need the rest.',
      metric: database.metricDatabaseConnections(each('Maximum')),
      threshold: connectionsAlarm[environment.database.size],
      minutes: 5,
    },
    {
      id: 'DatabaseStorage',
      meaning: 'Less than 4 GB free although storage grows by itself: it reached its limit.',
      metric: database.metricFreeStorageSpace(each('Minimum')),
      threshold: 4 * bytesPerGb,
      minutes: 5,
      isWhenBelow: true,
    },
  ]
}

/** 70 % of max_connections, which is memory / 9,531,392 bytes on RDS: about 110, 225 and 450. */
const connectionsAlarm = { micro: 77, small: 157, medium: 315 } as const

/** The money alarms: 80 % spent, 100 % forecast, or a day that costs unlike the days before. */
export function createBudget(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
): void {
  const subscriber = { subscriptionType: 'SNS', address: foundation.alarms.topicArn }
  const notice = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
    notification: {
      comparisonOperator: 'GREATER_THAN',
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [subscriber],
  })
  new budgets.CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: prefixOf(environment),
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: environment.monthlyBudgetUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:environment$${environment.name}`] },
    },
    notificationsWithSubscribers: [notice(80, 'ACTUAL'), notice(100, 'FORECASTED')],
  })
  const monitor = new costExplorer.CfnAnomalyMonitor(scope, 'CostMonitor', {
    monitorName: prefixOf(environment),
    monitorType: 'CUSTOM',
    monitorSpecification: JSON.stringify({
      Tags: { Key: 'environment', Values: [environment.name], MatchOptions: ['EQUALS'] },
    }),
  })
  new costExplorer.CfnAnomalySubscription(scope, 'CostSurprise', {
    subscriptionName: prefixOf(environment),
    frequency: 'IMMEDIATE',
    monitorArnList: [monitor.attrMonitorArn],
    subscribers: [{ type: 'SNS', address: foundation.alarms.topicArn }],
    thresholdExpression: JSON.stringify({
      Dimensions: {
        Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
        MatchOptions: ['GREATER_THAN_OR_EQUAL'],
        Values: ['10'],
      },
    }),
  })
}
