import { judgeApiTask } from './api-task-step.ts'
import { busyP95, busySplit, daysToReach, type Week, weekOf } from './busy-hours.ts'
import { judgeCache } from './cache-step.ts'
import { checkCoverage, type Coverage } from './coverage.ts'
import { judgeDatabase } from './database-step.ts'
import type { DeclinedStep, JustifiedStep, Judgement } from './judgement.ts'
import { judgeReplica } from './replica-step.ts'
import { judgeStepDown } from './step-down.ts'
import { sizeFacts } from './step-prices.ts'
import { type Thresholds, thresholds } from './thresholds.ts'
import type { Hour, Measured, Split, Trace } from './trace.ts'
import { judgeWorker } from './worker-step.ts'

export interface Utilisation {
  readonly resource: string
  /** The busy hours' 95th percentile as a share of what there is, 0..1 and above. */
  readonly share: number
  /** Days until the limit at the present growth; null when it does not grow. */
  readonly daysToLimit: number | null
}

export interface Advice {
  readonly verdict: 'none' | 'grow' | 'step_down' | 'refused'
  readonly sentence: string
  readonly coverage: Coverage
  readonly busiestHourAt: number | null
  readonly p95Ms: number | null
  readonly split: Split | null
  readonly utilisation: readonly Utilisation[]
  /** What the figures justify, the most relief per dollar first; only the first is to be taken. */
  readonly steps: readonly JustifiedStep[]
  readonly declined: readonly DeclinedStep[]
}

/**
 * What, if anything, this installation should change, from 7 to 28 days of its own figures. Nothing is the usual
 * answer. Too few figures are refused in words; a step is named only with its evidence, price and way back.
 */
export function advise(trace: Trace, limits: Thresholds = thresholds): Advice {
  const { hours, coverage, refusal } = checkCoverage(trace, limits)
  const week = weekOf(trace, hours, coverage.days, limits)
  const seen = {
    coverage,
    busiestHourAt: busiest(week.recent)?.startsAt ?? null,
    p95Ms: busyP95(week, 'p95Ms') ?? null,
    split: busySplit(week),
  }
  if (refusal) {
    return {
      ...seen,
      verdict: 'refused',
      sentence: refusal,
      utilisation: [],
      steps: [],
      declined: [],
    }
  }
  const utilisation = utilisationOf(week)
  const judgements = [
    judgeApiTask(week),
    judgeDatabase(week),
    judgeCache(week),
    judgeReplica(week),
    judgeWorker(week),
  ]
  const declined = judgements.filter(one => one.verdict !== 'justified')
  const growing = ranked(judgements)
  if (growing.length > 0) {
    const sentence = `One step is justified: take the first${growing.length > 1 ? ' and only the first' : ''}, wait a week and ask again.`
    return { ...seen, verdict: 'grow', sentence, utilisation, steps: growing, declined }
  }
  // Somebody is waiting, though not for a purchase: that is no time to take anything away.
  const savings = declined.some(one => one.verdict === 'ruled_out') ? [] : judgeStepDown(week)
  if (savings.length > 0) {
    const steps = savings.toSorted((one, other) => one.centsPerMonth - other.centsPerMonth)
    const sentence =
      'You pay for more than two weeks of customers used: step down, one step at a time.'
    return { ...seen, verdict: 'step_down', sentence, utilisation, steps, declined }
  }
  return {
    ...seen,
    verdict: 'none',
    sentence: noneSentence(utilisation, declined, limits),
    utilisation,
    steps: [],
    declined,
  }
}

/** The most relief for a dollar first. */
function ranked(judgements: readonly Judgement[]): JustifiedStep[] {
  const perDollar = (step: JustifiedStep) => step.relief / step.centsPerMonth
  return judgements
    .filter(one => one.verdict === 'justified')
    .toSorted((one, other) => perDollar(other) - perDollar(one))
}

function noneSentence(
  utilisation: readonly Utilisation[],
  declined: readonly DeclinedStep[],
  limits: Thresholds,
): string {
  const mend = declined.find(one => one.verdict === 'ruled_out')
  if (mend) return `Nothing to buy. ${mend.reason}`
  const soon = utilisation.find(
    ({ daysToLimit }) => daysToLimit !== null && daysToLimit <= limits.watchDaysAhead,
  )
  if (soon)
    return `Nothing to change. ${soon.resource} reaches its limit in about ${soon.daysToLimit} days at this growth: ask again in two weeks.`
  return 'Nothing to change: every resource has room in its busiest hours.'
}

const busiest = (hours: readonly Hour[]): Hour | undefined =>
  hours.toSorted((one, other) => other.requests - one.requests)[0]

/** Demand over capacity in the busy hours, resource by resource, where it was measured. */
function utilisationOf(week: Week): Utilisation[] {
  const { limits, trace } = week
  const { vcpus } = sizeFacts[trace.installation.databaseSize]
  const connectionsMax = busyP95(week, 'connectionsMax') ?? 0
  const rows: [string, Measured, capacity: number, limit: number][] = [
    ['API processor', 'apiCpu', 1, limits.apiCpu],
    ['API memory', 'apiMemory', 1, limits.apiMemory],
    ['Database processor', 'databaseCpu', 1, limits.databasePressedCpu],
    ['Database sessions at work', 'activeSessions', vcpus, vcpus],
    [
      'Database connections',
      'connections',
      connectionsMax,
      connectionsMax * limits.connectionsShare,
    ],
    ['Worker processor', 'workerCpu', 1, limits.workerCpuFull],
  ]
  return rows.flatMap(([resource, name, capacity, limit]) => {
    const value = busyP95(week, name)
    if (value === undefined || capacity === 0) return []
    return [{ resource, share: value / capacity, daysToLimit: daysToReach(week, name, limit) }]
  })
}
