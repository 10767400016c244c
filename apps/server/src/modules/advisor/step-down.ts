import { busyP95, daysToReach, isOver, weekP95, type Week } from './busy-hours.ts'
import { creditsRunOut, isDatabasePressed } from './database-pressure.ts'
import { type JustifiedStep, percent, type StepName } from './judgement.ts'
import {
  cacheCents,
  databaseCents,
  replicaCents,
  sizeFacts,
  smallerSize,
  taskCents,
} from './step-prices.ts'
import type { Measured } from './trace.ts'

type Saving = Omit<JustifiedStep, 'verdict' | 'prerequisite' | 'relief'>

/**
 * Steps that give money back: when two weeks say that what remains would still be well below its limits and nothing
 * grows. A quiet week may be a holiday, and an unmeasured resource is not an idle one.
 */
export function judgeStepDown(week: Week): JustifiedStep[] {
  if (week.days < week.limits.stepDownDaysLeast) return []
  if (isOver(week, 'p95Ms', week.limits.p95LimitMs)) return []
  return [
    fewerTasks(week),
    fewerWorkers(week),
    smallerDatabase(week),
    noReplica(week),
    noCache(week),
  ]
    .filter(saving => saving !== undefined)
    .map(saving => ({
      ...saving,
      verdict: 'justified' as const,
      prerequisite: 'No sale, season or opening is expected in the next month.',
      relief: 0,
    }))
}

/** True when `factor` times today's load stays below the headroom, and growth does not reach it in a season. */
function fits(week: Week, name: Measured, limit: number, factor: number): boolean {
  const now = busyP95(week, name)
  if (now === undefined || now * factor > limit * week.limits.stepDownHeadroom) return false
  const days = daysToReach(week, name, limit / factor)
  return days === null || days > week.limits.stepDownGrowthDays
}

function fewerTasks(week: Week): Saving | undefined {
  const { apiTasks, apiTasksLeast } = week.trace.installation
  if (apiTasks <= apiTasksLeast) return undefined
  const factor = apiTasks / (apiTasks - 1)
  if (!fits(week, 'apiCpu', week.limits.apiCpu, factor)) return undefined
  const memory = busyP95(week, 'apiMemory')
  if (memory === undefined || memory > week.limits.apiMemory) return undefined
  return saving('remove_api_task', -taskCents, {
    evidence: `Busy hours use ${percent(busyP95(week, 'apiCpu') ?? 0)} of the processors of ${apiTasks} tasks.`,
    effect: `From ${apiTasks} to ${apiTasks - 1} tasks, each with ${percent((busyP95(week, 'apiCpu') ?? 0) * factor)} of its processor used.`,
    undo: 'Set the least number of API tasks up again: a minute.',
  })
}

function fewerWorkers(week: Week): Saving | undefined {
  const { workers } = week.trace.installation
  const age = weekP95(week, 'oldestJobSeconds')
  if (workers <= 1 || age === undefined || age > week.limits.oldestJobSeconds / 4) return undefined
  const factor = workers / (workers - 1)
  if (!fits(week, 'workerCpu', week.limits.workerCpuFull, factor)) return undefined
  return saving('remove_worker', -taskCents, {
    evidence: `The oldest job waits ${Math.round(age)} s and the workers use ${percent(busyP95(week, 'workerCpu') ?? 0)} of their processors.`,
    effect: `From ${workers} to ${workers - 1} workers.`,
    undo: 'Set the number of workers up again: a minute.',
  })
}

function smallerDatabase(week: Week): Saving | undefined {
  const { databaseSize, isMultiAz } = week.trace.installation
  const size = smallerSize(databaseSize)
  if (!size || isDatabasePressed(week) || creditsRunOut(week)) return undefined
  const [before, after] = [sizeFacts[databaseSize], sizeFacts[size]]
  // What may be used for ever is the baseline; a smaller size must live below its own.
  if (!fits(week, 'databaseCpu', after.baseline, 1)) return undefined
  if (!fits(week, 'connections', after.connections * week.limits.connectionsShare, 1))
    return undefined
  if (!fits(week, 'activeSessions', after.vcpus, 1)) return undefined
  const hit = busyP95(week, 'cacheHit')
  // Half the memory: what barely fits today does not fit then.
  if (hit === undefined || hit < 0.999) return undefined
  return saving(
    'smaller_database',
    databaseCents(size, isMultiAz) - databaseCents(databaseSize, isMultiAz),
    {
      evidence: `Busy hours use ${percent(busyP95(week, 'databaseCpu') ?? 0)} of the database’s processor and ${Math.round(busyP95(week, 'connections') ?? 0)} of ${before.connections} connections; ${size} may use ${percent(after.baseline)} for ever and has ${after.connections}.`,
      effect: `From ${databaseSize} to ${size}.`,
      undo: 'Change the size back; both ways cost a failover of about a minute (several in one zone).',
    },
  )
}

function noReplica(week: Week): Saving | undefined {
  const { installation } = week.trace
  if (!installation.hasReplica || isDatabasePressed(week)) return undefined
  // Its readers come back to the primary: at most as much again as the primary does now.
  if (!fits(week, 'databaseCpu', sizeFacts[installation.databaseSize].baseline, 2)) return undefined
  if (!fits(week, 'activeSessions', sizeFacts[installation.databaseSize].vcpus, 2)) return undefined
  return saving('remove_replica', -replicaCents(installation), {
    evidence: `The primary uses ${percent(busyP95(week, 'databaseCpu') ?? 0)} of its processor; with twice that it would still be idle.`,
    effect: 'The catalogue is read from the primary again.',
    undo: 'Build the replica again (half an hour) and set DATABASE_REPLICA_URL.',
  })
}

function noCache(week: Week): Saving | undefined {
  const { installation } = week.trace
  if (!installation.hasCache || isDatabasePressed(week)) return undefined
  // With four in five reads found, the database would see five times as many.
  if (!fits(week, 'databaseCpu', sizeFacts[installation.databaseSize].baseline, 5)) return undefined
  return saving('remove_cache', -cacheCents, {
    evidence: `The database uses ${percent(busyP95(week, 'databaseCpu') ?? 0)} of its processor; with five times the reads it would still be idle.`,
    effect: 'Every read goes to the database.',
    undo: 'Create the cache again and set REDIS_URL.',
  })
}

function saving(
  step: StepName,
  centsPerMonth: number,
  words: { evidence: string; effect: string; undo: string },
): Saving {
  return { step, centsPerMonth, evidence: [words.evidence], effect: words.effect, undo: words.undo }
}
