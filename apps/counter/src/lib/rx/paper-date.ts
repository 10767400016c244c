const dayPattern = /^([0-9]{1,2})(?:[-/. ]?([0-9]{2})(?:[-/. ]?([0-9]{4}|[0-9]{2}))?)?$/

/**
 * Reads the date of a paper as it is typed at the desk: "20" is the last 20th, "2011" or "20/11" the last 20 November,
 * "201126" that very day, which may lie ahead. Null for a day that does not exist. `today` is the Indian day.
 */
export function readPaperDate(typed: string, today: string): string | null {
  const found = dayPattern.exec(typed.trim())
  if (!found) return null
  const [, day = '', month, year] = found
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number)
  if (year !== undefined) {
    return dayOf(Number(year) + (year.length === 2 ? 2_000 : 0), Number(month), Number(day))
  }
  if (month !== undefined) return lastOf(Number(month), Number(day), { thisYear, today })
  for (let back = 0; back < monthsBackMax; back++) {
    const at = new Date(Date.UTC(thisYear, thisMonth - 1 - back, 1))
    const read = dayOf(at.getUTCFullYear(), at.getUTCMonth() + 1, Number(day))
    if (read !== null && read <= today) return read
  }
  return null
}

// The 31st of a month is never more than two months back.
const monthsBackMax = 3

function lastOf(month: number, day: number, now: { thisYear: number; today: string }) {
  const read = dayOf(now.thisYear, month, day)
  if (read !== null && read > now.today) return dayOf(now.thisYear - 1, month, day)
  return read
}

function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  const isThere = at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return isThere ? at.toISOString().slice(0, 10) : null
}
