/** Readings of a logger's file, in tenths of a degree, as the API takes them. */
export interface LoggerReading {
  readonly at: string
  readonly tenths: number
}

const istOffset = '+05:30'

/** A temperature as typed, "4.5", "-18" or "4,5 °C", to tenths of a degree; null when it is none. */
export function readTenths(typed: string): number | null {
  const text = typed
    .replaceAll(/[°CcC\s]/g, '')
    .replace(',', '.')
    .replace('−', '-')
  const [, sign = '', whole = '', decimal = '0'] =
    /^([+-]?)(\d{1,2})(?:\.(\d)\d?)?$/.exec(text) ?? []
  if (!whole) return null
  const tenths = Number(whole) * 10 + Number(decimal)
  return sign === '-' ? -tenths : tenths
}

/** Tenths of a degree to "4.5" or "−18.0". */
export function writeTenths(tenths: number): string {
  const abs = Math.abs(tenths)
  return `${tenths < 0 ? '−' : ''}${Math.trunc(abs / 10)}.${abs % 10}`
}

/**
 * The lines of a logger's CSV with a time and a temperature, in whatever order their columns stand; headings and notes of
 * the logger are passed over. A time without a zone is India's.
 */
export function readLoggerFile(text: string): LoggerReading[] {
  const readings: LoggerReading[] = []
  for (const line of text.split(/\r?\n/)) {
    const cells = line
      .split(/[;\t]|,(?!\d{1,2}\s*(?:°C)?$)/)
      .map(cell => cell.replaceAll('"', '').trim())
    const at = cells.map(readTime).find(time => time !== null)
    const tenths = cells
      .filter(cell => readTime(cell) === null)
      .map(readTenths)
      .findLast(value => value !== null)
    if (at !== undefined && at !== null && tenths !== undefined && tenths !== null) {
      readings.push({ at, tenths })
    }
  }
  return readings
}

/** "2026-11-22 09:30[:00]", "22/11/2026 9:30" or an instant with its zone, to an ISO instant. */
function readTime(cell: string): string | null {
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      cell,
    )
  const indian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(
    cell,
  )
  const [year, month, day, hour, minute, second, zone] = iso
    ? [iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]]
    : indian
      ? [indian[3], indian[2], indian[1], indian[4], indian[5], indian[6], undefined]
      : []
  if (!year || !month || !day || !hour || !minute) return null
  const two = (part: string) => part.padStart(2, '0')
  const at = new Date(
    `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second ?? '00'}${zone ?? istOffset}`,
  )
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
