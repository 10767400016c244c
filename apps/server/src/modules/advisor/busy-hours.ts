import { byDay, recentHours } from './coverage.ts'
import { median, percentile, type Trend, trendOf } from './robust.ts'
import { type Thresholds, thresholds } from './thresholds.ts'
import type { Hour, Measured, Split, Trace } from './trace.ts'

/** The judged week as the rules see it. */
export interface Week {
  readonly trace: Trace
  readonly limits: Thresholds
  readonly days: number
  /** All hours of the window, for trends; the last seven days; and the busy ones among these. */
  readonly hours: readonly Hour[]
  readonly recent: readonly Hour[]
  readonly busy: readonly Hour[]
}

export function weekOf(
  trace: Trace,
  hours: readonly Hour[],
  days: number,
  limits: Thresholds,
): Week {
  const recent = recentHours(hours, trace.askedAt, limits.judgedDays)
  const edge = percentile(
    recent.map(hour => hour.requests),
    1 - limits.busyHoursShare,
  )
  const busy = recent.filter(hour => hour.requests >= (edge ?? 0))
  return { trace, limits, days, hours, recent, busy }
}

const valuesOf = (hours: readonly Hour[], name: Measured): number[] =>
  hours.flatMap(hour => (isCounted(hour, name) ? [hour[name] ?? 0] : []))

/** A percentile of a handful of requests is chance, not evidence. */
const fewestRequests = thresholds.requestsForPercentile
const ofRequests: ReadonlySet<Measured> = new Set(['p95Ms', 'loopDelayP99Ms'])
const isCounted = (hour: Hour, name: Measured): boolean =>
  hour[name] !== null && !(ofRequests.has(name) && hour.requests < fewestRequests)

/** The 95th percentile over the busy hours of the week; undefined where nobody measured. */
export function busyP95(week: Week, name: Measured): number | undefined {
  return percentile(valuesOf(week.busy, name), 0.95)
}

/** The same over every hour: a queue may be old at night. */
export function weekP95(week: Week, name: Measured): number | undefined {
  return percentile(valuesOf(week.recent, name), 0.95)
}

export function busyMedian(week: Week, name: Measured): number | undefined {
  return median(valuesOf(week.busy, name))
}

/** The median over the quietest quarter of the week. */
export function quietMedian(week: Week, name: Measured): number | undefined {
  const edge = percentile(
    week.recent.map(hour => hour.requests),
    week.limits.busyHoursShare,
  )
  return median(
    valuesOf(
      week.recent.filter(hour => hour.requests <= (edge ?? 0)),
      name,
    ),
  )
}

/** On how many days of the week some hour satisfied the condition. */
export function daysWith(hours: readonly Hour[], holds: (hour: Hour) => boolean): number {
  return [...byDay(hours).values()].filter(day => day.some(holds)).length
}

/** True when a figure is over its limit for good: in the busy hours, on enough different days. */
export function isOver(week: Week, name: Measured, limit: number): boolean {
  const p95 = busyP95(week, name)
  if (p95 === undefined || p95 <= limit) return false
  const days = daysWith(week.busy, hour => isCounted(hour, name) && (hour[name] ?? 0) > limit)
  return days >= week.limits.daysOverLeast
}

/** How each day's busiest value moves over the whole window. */
export function dailyTrend(
  week: Week,
  name: Measured,
  pick: 'highest' | 'lowest' = 'highest',
): Trend | undefined {
  const days = [...byDay(week.hours)].flatMap(([day, hours]) => {
    const values = valuesOf(hours, name)
    // The first and the last day of the window are pieces; a piece of a day has no busiest hour.
    if (hours.length < 20 || values.length === 0) return []
    return [{ day, value: pick === 'highest' ? Math.max(...values) : Math.min(...values) }]
  })
  return days.length < week.limits.trendDaysLeast ? undefined : trendOf(days)
}

/** Days until the busiest hour of a day reaches `limit`; null when it does not move towards it. */
export function daysToReach(week: Week, name: Measured, limit: number): number | null {
  const trend = dailyTrend(week, name)
  if (!trend || trend.perDay <= 0 || trend.agreement < week.limits.trendAgreement) return null
  return Math.max(0, Math.round((limit - trend.today) / trend.perDay))
}

/** Where the slow tail's time went in the busy hours, part by part. */
export function busySplit(week: Week): Split | null {
  const splits = week.busy.flatMap(hour =>
    hour.split && hour.requests >= fewestRequests ? [hour.split] : [],
  )
  if (splits.length === 0) return null
  const part = (name: keyof Split) => median(splits.map(split => split[name])) ?? 0
  return {
    loopMs: part('loopMs'),
    poolWaitMs: part('poolWaitMs'),
    databaseMs: part('databaseMs'),
    outboundMs: part('outboundMs'),
  }
}

export function shareOf(split: Split, name: keyof Split): number {
  const all = split.loopMs + split.poolWaitMs + split.databaseMs + split.outboundMs
  return all > 0 ? split[name] / all : 0
}
