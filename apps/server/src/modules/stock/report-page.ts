import { reportDaysUsual } from '@janta/contracts'
import { Refusal } from '#kernel/refusal'

export interface ReportAsked {
  readonly days?: number | undefined
  readonly limit?: number | undefined
  readonly after?: string | undefined
}

const rowsUsual = 50

/** Days, rows and place a report is asked for; `after` is the number of rows already seen. Refuses a broken one. */
export function pageOf({ days = reportDaysUsual, limit = rowsUsual, after = '0' }: ReportAsked): {
  days: number
  limit: number
  from: number
} {
  if (!/^\d{1,5}$/.test(after)) {
    throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
  }
  return { days, limit, from: Number(after) }
}

/** The rows of a page, read with one more than it holds, and where the next begins. */
export function cut<T>(
  rows: readonly T[],
  { limit, from }: { limit: number; from: number },
): { items: T[]; next: string | null } {
  return {
    items: rows.slice(0, limit),
    next: rows.length > limit ? String(from + limit) : null,
  }
}
