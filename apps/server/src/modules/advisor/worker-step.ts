import { busyP95, daysWith, weekP95, type Week } from './busy-hours.ts'
import { type Judgement, notNeeded, percent, reliefOf, ruledOut, unmeasured } from './judgement.ts'
import { taskCents } from './step-prices.ts'
import { hourOfDay } from './trace.ts'

const step = 'add_worker'

/** One more worker: when jobs wait because the workers are full, all day and not only in one nightly batch. */
export function judgeWorker(week: Week): Judgement {
  const { limits, trace } = week
  const age = weekP95(week, 'oldestJobSeconds')
  if (age === undefined) return unmeasured(step, ['oldestJobSeconds'])
  const late = week.recent.filter(hour => (hour.oldestJobSeconds ?? 0) > limits.oldestJobSeconds)
  const days = daysWith(late, () => true)
  if (late.length === 0 || days < limits.daysOverLeast) {
    return notNeeded(
      step,
      `The oldest job waits ${Math.round(age)} s (limit ${limits.oldestJobSeconds}).`,
    )
  }
  const hoursOfDay = new Set(late.map(hour => hourOfDay(hour.startsAt)))
  if (hoursOfDay.size <= limits.batchHoursOfDay) {
    return ruledOut(
      step,
      `Jobs are late only at ${[...hoursOfDay]
        .toSorted((a, b) => a - b)
        .map(hour => `${hour}:00`)
        .join(' and ')}: a batch. Divide it or move it to a quieter hour.`,
    )
  }
  if (age <= limits.oldestJobSeconds) {
    return notNeeded(
      step,
      `The oldest job waits ${Math.round(age)} s (limit ${limits.oldestJobSeconds}).`,
    )
  }
  const cpu = busyP95(week, 'workerCpu')
  if (cpu !== undefined && cpu < limits.workerCpu) {
    return ruledOut(
      step,
      `Jobs wait ${Math.round(age)} s while the worker uses ${percent(cpu)} of its processor: they wait for something else. Look for a job that fails and is tried again, or let a worker take more at once.`,
    )
  }
  const after = age * (trace.installation.workers / (trace.installation.workers + 1))
  return {
    verdict: 'justified',
    step,
    evidence: [
      `The oldest job waits ${Math.round(age)} s at the 95th percentile (limit ${limits.oldestJobSeconds}), on ${days} of 7 days and in ${hoursOfDay.size} hours of the day.`,
      ...(cpu === undefined ? [] : [`The workers use ${percent(cpu)} of their processor.`]),
    ],
    prerequisite: 'No job is failing and being tried again; heavy jobs run in quiet hours.',
    effect: `From ${trace.installation.workers} to ${trace.installation.workers + 1} workers; the queue drains ${percent(1 / trace.installation.workers)} faster.`,
    undo: 'Set the number of workers back by one; jobs in hand are finished first.',
    centsPerMonth: taskCents,
    relief: reliefOf(age, after, limits.oldestJobSeconds),
  }
}
