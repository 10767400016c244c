import assert from 'node:assert/strict'

/** A legal day in Asia/Kolkata, 'YYYY-MM-DD'. India keeps one offset, +05:30, all year and since 1945. */
export type Day = string
/** An expiry or manufacturing month, 'YYYY-MM'. */
export type Month = string

const istOffsetMs = (5 * 60 + 30) * 60_000
const dayMs = 86_400_000
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/

/** The Indian day an instant falls on: 18:30 UTC already belongs to tomorrow. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + istOffsetMs).toISOString().slice(0, 10)
}

/** True for a day that exists: 2026-02-31 does not. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

export function isMonth(text: string): boolean {
  return monthPattern.test(text)
}

export function addDays(day: Day, days: number): Day {
  assert(isDay(day), `${day} is not a day`)
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** A medicine marked "exp 11/2026" may be used through 30 November 2026 (Drugs Rules practice). */
export function lastDayOf(month: Month): Day {
  assert(isMonth(month), `${month} is not a month`)
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

export function monthOf(day: Day): Month {
  assert(isDay(day), `${day} is not a day`)
  return day.slice(0, 7)
}

/** April to March in India: 2026-03-31 is '25-26', 2026-04-01 is '26-27' (GST rule 46). */
export function financialYearOf(day: Day): string {
  assert(isDay(day), `${day} is not a day`)
  const year = Number(day.slice(0, 4)) - (day.slice(5, 7) < '04' ? 1 : 0)
  return `${String(year % 100).padStart(2, '0')}-${String((year + 1) % 100).padStart(2, '0')}`
}
