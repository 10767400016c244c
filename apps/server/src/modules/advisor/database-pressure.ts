import {
  busyP95,
  busySplit,
  dailyTrend,
  daysWith,
  isOver,
  shareOf,
  type Week,
} from './busy-hours.ts'
import { byDay } from './coverage.ts'
import { sizeFacts } from './step-prices.ts'

/** Minutes of each day in which more sessions worked than there are vCPUs; days over the limit. */
export function daysOverVcpu(week: Week): number {
  return [...byDay(week.recent).values()].filter(hours => {
    const minutes = hours.reduce((sum, hour) => sum + (hour.minutesOverVcpu ?? 0), 0)
    return minutes > week.limits.sessionsOverVcpuMinutesPerDay
  }).length
}

export const isOverVcpu = (week: Week): boolean => daysOverVcpu(week) >= week.limits.daysOverLeast

/** Credits that are nearly gone, or fall from day to day and reach zero soon. */
export function creditsRunOut(week: Week): 'gone' | 'falling' | undefined {
  const { creditsMost } = sizeFacts[week.trace.installation.databaseSize]
  const low = daysWith(week.recent, hour => (hour.creditBalance ?? creditsMost) < creditsMost * 0.1)
  if (low >= week.limits.daysOverLeast) return 'gone'
  const trend = dailyTrend(week, 'creditBalance', 'lowest')
  if (!trend || trend.perDay >= 0 || -trend.agreement < week.limits.trendAgreement) return undefined
  return trend.today / -trend.perDay <= week.limits.creditDaysAhead ? 'falling' : undefined
}

/** True when somebody waits for the database, so that giving it relief is worth money at all. */
export function isDatabasePressed(week: Week): boolean {
  const split = busySplit(week)
  const isSlowOfIt =
    isOver(week, 'p95Ms', week.limits.p95LimitMs) &&
    split !== null &&
    shareOf(split, 'databaseMs') >= week.limits.databaseTimeShare
  return (
    isOverVcpu(week) ||
    isOver(week, 'databaseCpu', week.limits.databasePressedCpu) ||
    creditsRunOut(week) !== undefined ||
    isSlowOfIt
  )
}

/** The dearest statement when it alone is most of the work; mending it is free and comes first. */
export function dominantStatement(week: Week): number | undefined {
  const share = busyP95(week, 'topStatementShare')
  return share !== undefined && share >= week.limits.topStatementShare ? share : undefined
}
