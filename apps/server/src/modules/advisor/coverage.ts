import { dayMs, dayOf, type Hour, hourMs, type Trace } from './trace.ts'
import type { Thresholds } from './thresholds.ts'

export interface Coverage {
  readonly days: number
  readonly hoursSeen: number
  readonly hoursExpected: number
  readonly longestGapHours: number
  readonly strayHours: number
}

export interface Checked {
  /** In order, one per hour, none from the future, at most the window's days. */
  readonly hours: readonly Hour[]
  readonly coverage: Coverage
  /** Why nothing may be concluded, in words; null when there is enough. */
  readonly refusal: string | null
}

/** Orders the hours, drops what cannot be (twice the same hour, hours to come), and says whether enough is left. */
export function checkCoverage(trace: Trace, limits: Thresholds): Checked {
  const from = trace.askedAt - limits.windowDaysMost * dayMs
  const known = new Map<number, Hour>()
  let strayHours = 0
  for (const hour of trace.hours) {
    if (hour.startsAt < from) continue
    const isStray = hour.startsAt > trace.askedAt || known.has(hour.startsAt)
    if (isStray) strayHours++
    else known.set(hour.startsAt, hour)
  }
  const hours = [...known.values()].toSorted((one, other) => one.startsAt - other.startsAt)
  const coverage = measure(hours, trace.askedAt, strayHours)
  return { hours, coverage, refusal: refusalOf(coverage, limits) }
}

function measure(hours: readonly Hour[], askedAt: number, strayHours: number): Coverage {
  const [first] = hours
  if (!first) return { days: 0, hoursSeen: 0, hoursExpected: 0, longestGapHours: 0, strayHours }
  const hoursExpected = Math.max(hours.length, Math.floor((askedAt - first.startsAt) / hourMs))
  const ends = [...hours.slice(1).map(hour => hour.startsAt), Math.max(askedAt, first.startsAt)]
  const gaps = hours.map((hour, at) => (ends[at] ?? hour.startsAt) - hour.startsAt - hourMs)
  return {
    days: Math.floor(hoursExpected / 24),
    hoursSeen: hours.length,
    hoursExpected,
    longestGapHours: Math.max(0, Math.round(Math.max(...gaps) / hourMs)),
    strayHours,
  }
}

function refusalOf(coverage: Coverage, limits: Thresholds): string | null {
  const { days, hoursSeen, hoursExpected, longestGapHours, strayHours } = coverage
  if (hoursSeen === 0)
    return 'There are no figures yet. Let the worker run for a week and ask again.'
  if (strayHours > hoursSeen * (1 - limits.coverageLeast)) {
    return `${strayHours} hours are in the future or there twice: a clock is wrong. Set it right, wait a week and ask again.`
  }
  if (days < limits.adviseDaysLeast) {
    return `The figures cover ${days} days; a week is the least, because Sunday is not Monday. Ask again in ${limits.adviseDaysLeast - days} days.`
  }
  if (longestGapHours > limits.gapHoursMost) {
    return `The figures have a hole of ${longestGapHours} hours. What happened in it may be the very reason to grow; find out why nothing was recorded.`
  }
  if (hoursSeen < hoursExpected * limits.coverageLeast) {
    return `Only ${hoursSeen} of ${hoursExpected} hours were recorded. Find out why, and ask again with ${Math.round(limits.coverageLeast * 100)} % of them.`
  }
  return null
}

/** The hours of the last judged days. */
export function recentHours(hours: readonly Hour[], askedAt: number, days: number): Hour[] {
  return hours.filter(hour => hour.startsAt >= askedAt - days * dayMs)
}

export function byDay(hours: readonly Hour[]): Map<number, Hour[]> {
  return Map.groupBy(hours, hour => dayOf(hour.startsAt))
}
