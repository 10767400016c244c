import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  type WatchedFigureName,
  watchedFigures,
} from '../../apps/server/src/kernel/watched-figures.ts'
import type { Environment } from '../settings.ts'
import { prefixOf } from '../settings.ts'
import type { Compute } from './compute.ts'
import { figureMetric } from './figures.ts'
import { runbookOf } from './runbook.ts'
import type { Signal } from './signals.ts'

/** Three boards are free in an account, so an environment has two: the machinery and the pharmacy. */
export const boards = {
  machinery: { owner: 'engineer', shows: 'Requests, errors and time; then how full each part is.' },
  pharmacy: { owner: 'pharmacist', shows: 'Orders, review, payments, stock and registers.' },
} as const

const perRow = 3
const width = 24 / perRow

/**
 * One graph an alarm with its limit drawn in, so that a board and its alarms can never disagree; before them what is
 * worth seeing and rings nowhere: how much is asked and how busy the tasks are, because tasks are added by themselves.
 */
export function createDashboards(
  scope: Construct,
  environment: Environment,
  compute: Compute,
  ringing: readonly Signal[],
): void {
  const isPharmacy = (signal: Signal) => signal.owner !== 'engineer'
  const graphs = (chosen: readonly Signal[]) => chosen.map(signal => graphOf(environment, signal))
  const watched = (['OrdersPlaced', 'ReviewSeconds'] as const).map(name =>
    figureGraph(environment, name),
  )
  create(scope, environment, 'machinery', [
    ...demand(environment, compute),
    ...graphs(ringing.filter(one => !isPharmacy(one))),
  ])
  create(scope, environment, 'pharmacy', [...watched, ...graphs(ringing.filter(isPharmacy))])
}

function create(
  scope: Construct,
  environment: Environment,
  board: keyof typeof boards,
  graphs: readonly cloudwatch.IWidget[],
): void {
  const { owner, shows } = boards[board]
  const dashboard = new cloudwatch.Dashboard(scope, `Board${board}`, {
    dashboardName: `${prefixOf(environment)}-${board}`,
    defaultInterval: Duration.days(7),
  })
  dashboard.addWidgets(
    new cloudwatch.TextWidget({
      width: 24,
      height: 2,
      markdown: `**${shows}** Owner: ${owner}. Runbook: ${runbookOf(environment, `board-${board}`)}`,
    }),
  )
  for (let at = 0; at < graphs.length; at += perRow) {
    dashboard.addWidgets(...graphs.slice(at, at + perRow))
  }
}

/** AWS measures these anyway; a graph of them costs nothing. */
function demand(environment: Environment, compute: Compute): cloudwatch.IWidget[] {
  const { region } = environment
  const each = (label: string, statistic: string) => ({
    label,
    statistic,
    period: Duration.minutes(1),
  })
  const { api, apiTargets, shop, shopTargets } = compute
  return [
    new cloudwatch.GraphWidget({
      title: 'Requests a minute',
      width,
      left: [
        apiTargets.metrics.requestCount(each('API', 'Sum')),
        shopTargets.metrics.requestCount(each('Shop', 'Sum')),
      ],
      region,
    }),
    new cloudwatch.GraphWidget({
      title: 'Processor of the tasks, percent',
      width,
      left: [
        api.metricCpuUtilization(each('API', 'Average')),
        shop.metricCpuUtilization(each('Shop', 'Average')),
      ],
      region,
    }),
  ]
}

function graphOf(environment: Environment, signal: Signal): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: signal.id,
    width,
    left: [signal.metric],
    leftAnnotations: [{ value: signal.threshold, label: 'rings', color: '#9b1c1c' }],
    region: environment.region,
  })
}

function figureGraph(environment: Environment, figure: WatchedFigureName): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: watchedFigures[figure].meaning,
    width,
    left: [figureMetric(environment, figure, Duration.hours(1))],
    region: environment.region,
  })
}
