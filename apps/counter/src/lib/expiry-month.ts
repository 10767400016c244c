/**
 * An expiry as it is printed on strips and typed at the desk: "03/28", "3/28", "0328", "03/2028", "032028",
 * also with a dot, hyphen or space. Returns 'YYYY-MM', or null when it is not a month.
 */
export function readExpiry(typed: string): string | null {
  const text = typed.trim()
  const apart = /^(\d{1,2})[/.\- ]+(\d{2}|\d{4})$/.exec(text)
  const together = /^(\d{2})(\d{2}|\d{4})$/.exec(text)
  const [, month = '', year = ''] = apart ?? together ?? []
  const number = Number(month)
  if (!year || number < 1 || number > 12) return null
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}`
}

/** 'YYYY-MM' back to what the desk types, "03/28"; a year of another century keeps all its digits. */
export function writeExpiry(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return `${number}/${year.startsWith('20') ? year.slice(2) : year}`
}

/** Whole months from one month to another, negative when it has gone by. */
export function monthsBetween(from: string, to: string): number {
  return ordinal(to) - ordinal(from)
}

function ordinal(month: string): number {
  const [year, number] = month.split('-')
  return Number(year) * 12 + Number(number)
}

const monthInIndia = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Kolkata',
  year: 'numeric',
  month: '2-digit',
})

/** The month it is in India, 'YYYY-MM'. */
export function currentMonth(now: Date): string {
  const parts = new Map(monthInIndia.formatToParts(now).map(part => [part.type, part.value]))
  return `${parts.get('year')}-${parts.get('month')}`
}
