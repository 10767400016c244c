import { aws_cloudwatch as cloudwatch, aws_logs as logs, Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  type WatchedFigureName,
  watchedFigures,
} from '../../apps/server/src/kernel/watched-figures.ts'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'

/** Minutes between two measurements of the figures that add up a whole table. */
export const hourlyMinutes = 70

/** One metric a figure, whichever task said it; the namespace is the environment's own. */
export function figureMetric(
  environment: Environment,
  figure: WatchedFigureName,
  period: Duration,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: prefixOf(environment),
    metricName: figure,
    statistic: watchedFigures[figure].read === 'total' ? 'Sum' : 'Maximum',
    period,
  })
}

/** Reads the lines a process writes for a watched figure out of its log: no agent, no collector. */
export function createFigures(
  scope: Construct,
  environment: Environment,
  groups: Readonly<Record<string, logs.ILogGroup>>,
): void {
  for (const [program, logGroup] of Object.entries(groups)) {
    for (const figure of Object.keys(watchedFigures)) {
      new logs.MetricFilter(scope, `${program}${figure}`, {
        logGroup,
        filterPattern: logs.FilterPattern.stringValue('$.figure', '=', figure),
        metricNamespace: prefixOf(environment),
        metricName: figure,
        metricValue: '$.value',
      })
    }
  }
}
