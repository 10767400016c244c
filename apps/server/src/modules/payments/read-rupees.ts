/**
 * Rupees as a report writes them ("1,234.5", "-0.05") in paise, without ever being a float; undefined for anything
 * that is not an amount of at most two decimals.
 */
export function readRupees(text: string): number | undefined {
  const found = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(',', ''))
  if (!found) return undefined
  const [, sign = '', whole = '', part = ''] = found
  const paise = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return sign === '-' && paise > 0 ? -paise : paise
}
