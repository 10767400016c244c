import { aws_budgets as budgets, aws_ce as costExplorer } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import type { Foundation } from './foundation.ts'

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
