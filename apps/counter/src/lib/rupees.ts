/**
 * Rupees as they are typed, "139.3", "1,250" or "₹98.00", to whole paise. Read digit by digit, never through a
 * float. Null when it is not an amount, has a third decimal, or is beyond ten crore.
 */
export function readRupees(typed: string): number | null {
  const text = typed.replaceAll(/[₹,\s]/g, '')
  const [, whole = '', decimals = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return whole ? Number(whole) * 100 + Number(decimals.padEnd(2, '0')) : null
}

/** Whole paise to what a money field holds, "139.30". */
export function writeRupees(paise: number): string {
  return `${Math.trunc(paise / 100)}.${String(paise % 100).padStart(2, '0')}`
}

/** A count as it is typed; null when it is not a whole number from `min` to `max`. */
export function readCount(typed: string, min: number, max: number): number | null {
  const text = typed.replaceAll(/[,\s]/g, '')
  if (!/^\d{1,9}$/.test(text)) return null
  const count = Number(text)
  return count >= min && count <= max ? count : null
}
