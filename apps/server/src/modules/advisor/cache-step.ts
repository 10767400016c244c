import { busyMedian, type Week } from './busy-hours.ts'
import { dominantStatement, isDatabasePressed } from './database-pressure.ts'
import { type Judgement, notNeeded, percent, reliefOf, ruledOut, unmeasured } from './judgement.ts'
import { cacheCents } from './step-prices.ts'

const step = 'add_cache'

/** A shared cache: when the same reads, asked again and again, are much of what presses the database. */
export function judgeCache(week: Week): Judgement {
  const { limits, trace } = week
  if (trace.installation.hasCache) return notNeeded(step, 'There is one.')
  const repeatable = busyMedian(week, 'repeatableShare')
  const hitRate = busyMedian(week, 'hitRate')
  if (repeatable === undefined || hitRate === undefined)
    return unmeasured(step, ['repeatableShare', 'hitRate'])
  if (!isDatabasePressed(week)) {
    return notNeeded(step, 'Nobody waits for the database, so nothing would be gained.')
  }
  if (repeatable < limits.repeatableShare) {
    return notNeeded(
      step,
      `Only ${percent(repeatable)} of the database’s time is reads that repeat (limit ${percent(limits.repeatableShare)}).`,
    )
  }
  if (hitRate < limits.hitRateLeast) {
    return ruledOut(
      step,
      `Only ${percent(hitRate)} of the repeatable reads would be found in a cache (limit ${percent(limits.hitRateLeast)}).`,
    )
  }
  if (!trace.installation.hasCdn) {
    return ruledOut(
      step,
      'Let the CDN keep the public catalogue first: it is free and answers before we do.',
    )
  }
  const dominant = dominantStatement(week)
  if (dominant !== undefined) {
    return ruledOut(
      step,
      `One statement takes ${percent(dominant)} of the database’s time: mend it before hiding it.`,
    )
  }
  const saved = repeatable * hitRate
  return {
    verdict: 'justified',
    step,
    evidence: [
      `${percent(repeatable)} of the database’s time is reads asked again within a minute, and ${percent(hitRate)} of them would be found.`,
    ],
    prerequisite: 'The CDN keeps the public catalogue, and each task its own memory of it.',
    effect: `About ${percent(saved)} of the database’s time saved.`,
    undo: 'Unset REDIS_URL; the same reads go to the database again, nothing is lost.',
    centsPerMonth: cacheCents,
    relief: reliefOf(1, 1 - saved, limits.databasePressedCpu),
  }
}
