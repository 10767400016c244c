import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import type { Compute } from './compute.ts'
import { createDashboards } from './dashboards.ts'
import { createFigures } from './figures.ts'
import type { Foundation } from './foundation.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { runbookOf } from './runbook.ts'
import { type Signal, signals } from './signals.ts'

/** Figures out of the logs, an alarm for each signal, and the boards on which they are looked at. */
export function createObservability(
  scope: Construct,
  environment: Environment,
  foundation: Foundation,
  compute: Compute,
  loadBalancer: LoadBalancer,
): void {
  createFigures(scope, environment, compute.logGroups)
  const action = new actions.SnsAction(foundation.alarms)
  const ringing = signals(environment, foundation, compute, loadBalancer)
  for (const signal of ringing) {
    const alarm = createAlarm(scope, environment, signal)
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
  }
  createDashboards(scope, environment, compute, ringing)
}

function createAlarm(scope: Construct, environment: Environment, signal: Signal) {
  return new cloudwatch.Alarm(scope, `${signal.id}Alarm`, {
    alarmName: `${prefixOf(environment)}-${signal.id}`,
    alarmDescription: `${signal.meaning} Owner: ${signal.owner}. Runbook: ${runbookOf(environment, signal.id)}`,
    metric: signal.metric,
    threshold: signal.threshold,
    evaluationPeriods: signal.periods,
    comparisonOperator: signal.isWhenBelow
      ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
      : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: signal.ringsOnSilence
      ? cloudwatch.TreatMissingData.BREACHING
      : cloudwatch.TreatMissingData.NOT_BREACHING,
  })
}
