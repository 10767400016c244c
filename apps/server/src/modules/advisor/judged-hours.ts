import type { Advice as AdviceReply } from '@janta/contracts'
import { thresholds } from './thresholds.ts'
import { dayMs, type Trace } from './trace.ts'

const hundredths = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)

/** The hours the advice is judged by, as small as a chart needs them, oldest first. */
export function judgedHours({ askedAt, hours }: Trace): AdviceReply['hours'] {
  const from = askedAt - thresholds.judgedDays * dayMs
  return hours
    .filter(hour => hour.startsAt >= from && hour.startsAt < askedAt)
    .toSorted((one, other) => one.startsAt - other.startsAt)
    .slice(-thresholds.judgedDays * 24)
    .map(hour => ({
      at: new Date(hour.startsAt).toISOString(),
      requests: hour.requests,
      p95Ms: hour.p95Ms === null ? null : Math.round(hour.p95Ms),
      apiCpu: hundredths(hour.apiCpu),
      activeSessions: hundredths(hour.activeSessions),
      oldestJobSeconds: hundredths(hour.oldestJobSeconds),
    }))
}
