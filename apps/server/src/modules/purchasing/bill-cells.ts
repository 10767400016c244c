import { isDay } from '#kernel/day'

/** "1,234.5" or "₹ 98" in paise, digit by digit; null for what is no amount. More than two decimals are rounded half up. */
export function paiseOf(cell: string): number | null {
  const [, whole, decimals = ''] = /^(\d{1,8})(?:\.(\d{1,6}))?$/.exec(bare(cell)) ?? []
  if (whole === undefined) return null
  const three = decimals.padEnd(3, '0')
  const roundedUp = Number(three[2]) >= 5 ? 1 : 0
  return Number(whole) * 100 + Number(three.slice(0, 2)) + roundedUp
}

/** A percentage in basis points: "12.5" is 1250. */
export function basisPointsOf(cell: string): number | null {
  return paiseOf(cell.replace('%', ''))
}

/** A count of packs; "10.00" is ten, "10.5" is none. */
export function packsOf(cell: string): number | null {
  const [, whole] = /^(\d{1,6})(?:\.0+)?$/.exec(bare(cell)) ?? []
  return whole === undefined ? null : Number(whole)
}

/** A scheme as bills write it: "10+1" is one free, and so is "1". */
export function freeOf(cell: string): number {
  return packsOf(cell.split('+').at(-1) ?? '') ?? 0
}

const monthNames = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
]

/** "12/27", "12-2027", "Dec-27", "31/12/2027", "2027-12-31" as a month; null for anything else. */
export function monthOfCell(cell: string): string | null {
  const text = cell.trim().toUpperCase()
  const named = /^([A-Z]{3})[A-Z]*[\s./'-]*(\d{4}|\d{2})$/.exec(text)
  if (named) return monthFrom(named[2] ?? '', String(monthNames.indexOf(named[1] ?? '') + 1))
  const iso = /^(\d{4})[./-](\d{1,2})(?:[./-]\d{1,2})?(?:[T ].*)?$/.exec(text)
  if (iso) return monthFrom(iso[1] ?? '', iso[2] ?? '')
  const short = /^(?:\d{1,2}[./-])?(\d{1,2})[./-](\d{4}|\d{2})$/.exec(text)
  return short ? monthFrom(short[2] ?? '', short[1] ?? '') : null
}

function monthFrom(year: string, month: string): string | null {
  const number = Number(month)
  if (number < 1 || number > 12) return null
  return `${year.length === 2 ? `20${year}` : year}-${String(number).padStart(2, '0')}`
}

/** "05/11/2026", "5-11-26" or "2026-11-05" as a day, Indian order; null for anything else. */
export function dayOfCell(cell: string): string | null {
  const text = cell.trim()
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? []
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(text) ?? []
  const full = year.length === 2 ? `20${year}` : year
  const written = iso ?? `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(written) ? written : null
}

function bare(cell: string): string {
  return cell.replaceAll(/[₹,\s]|Rs\.?/gi, '')
}
