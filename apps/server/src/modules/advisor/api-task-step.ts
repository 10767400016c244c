import { busyP95, busySplit, isOver, quietMedian, shareOf, type Week } from './busy-hours.ts'
import { type Judgement, notNeeded, percent, reliefOf, ruledOut, unmeasured } from './judgement.ts'
import { taskCents } from './step-prices.ts'

const step = 'add_api_task'

/**
 * One more API task: when the tasks themselves are full. A slow answer with an idle processor is somebody else's
 * work (a statement, another firm's API), and no number of tasks makes that faster.
 */
export function judgeApiTask(week: Week): Judgement {
  const { limits } = week
  const cpu = busyP95(week, 'apiCpu')
  const memory = busyP95(week, 'apiMemory')
  if (cpu === undefined && memory === undefined) return unmeasured(step, ['apiCpu', 'apiMemory'])
  const isBusy = isOver(week, 'apiCpu', limits.apiCpu)
  const isSlow = isOver(week, 'p95Ms', limits.p95LimitMs)
  const isFull = isOver(week, 'apiMemory', limits.apiMemory)
  if (isBusy || isSlow) {
    const elsewhere = waitsElsewhere(week)
    if (!elsewhere) return grow(week, isBusy ? 'apiCpu' : 'p95Ms')
    if (!isFull) return ruledOut(step, elsewhere)
  }
  if (!isFull) {
    return notNeeded(
      step,
      `Busy hours use ${percent(cpu ?? 0)} of the processor and ${percent(memory ?? 0)} of the memory; answers take ${Math.round(busyP95(week, 'p95Ms') ?? 0)} ms.`,
    )
  }
  const quiet = quietMedian(week, 'apiMemory') ?? 0
  if (quiet >= (memory ?? 0) * limits.memoryFlatShare) {
    return ruledOut(
      step,
      `Memory stays at ${percent(memory ?? 0)} by night as by day, so it does not follow customers: look for what keeps it (a leak, a large list) before buying more of it.`,
    )
  }
  return grow(week, 'apiMemory')
}

/** Why the processor is not what customers wait for; undefined when it is. */
function waitsElsewhere(week: Week): string | undefined {
  const { limits } = week
  const split = busySplit(week)
  const delay = busyP95(week, 'loopDelayP99Ms')
  if (split && shareOf(split, 'databaseMs') >= limits.databaseTimeShare) {
    return `${percent(shareOf(split, 'databaseMs'))} of a slow answer is spent in the database: start with its dearest statements.`
  }
  if (split && shareOf(split, 'outboundMs') >= limits.databaseTimeShare) {
    return `${percent(shareOf(split, 'outboundMs'))} of a slow answer is spent waiting for another service; our own tasks are not what is slow.`
  }
  if (delay !== undefined && delay <= limits.loopDelayP99Ms) {
    return `The event loop is at most ${Math.round(delay)} ms late (limit ${limits.loopDelayP99Ms}), so requests are not waiting for our processor.`
  }
  return undefined
}

function grow(week: Week, short: 'apiCpu' | 'apiMemory' | 'p95Ms'): Judgement {
  const { apiTasks } = week.trace.installation
  const { limits } = week
  const limit = { apiCpu: limits.apiCpu, apiMemory: limits.apiMemory, p95Ms: limits.p95LimitMs }[
    short
  ]
  const before = busyP95(week, short) ?? 0
  const after = before * (apiTasks / (apiTasks + 1))
  const split = busySplit(week)
  return {
    verdict: 'justified',
    step,
    evidence: [
      `Busy hours use ${percent(busyP95(week, 'apiCpu') ?? 0)} of the processor (limit ${percent(limits.apiCpu)}) and ${percent(busyP95(week, 'apiMemory') ?? 0)} of the memory (limit ${percent(limits.apiMemory)}).`,
      `One answer in twenty takes over ${Math.round(busyP95(week, 'p95Ms') ?? 0)} ms; the event loop is up to ${Math.round(busyP95(week, 'loopDelayP99Ms') ?? 0)} ms late.`,
      ...(split
        ? [`Of a slow answer, ${percent(shareOf(split, 'databaseMs'))} is database time.`]
        : []),
    ],
    prerequisite: `The database has room for ${week.trace.installation.poolMax} more connections, twice that during a release.`,
    effect: `From ${apiTasks} to ${apiTasks + 1} tasks: about ${percent(after / Math.max(before, 0.001))} of today’s load on each.`,
    undo: 'Set the least number of API tasks back by one; the platform drains the task first.',
    centsPerMonth: taskCents,
    relief: reliefOf(before, after, limit),
  }
}
