const rupees = /^(?:₹|rs\.?|inr)?\s*(\d{1,3}(?:,\d{2,3})*|\d+)(?:\.(\d{1,2})0*)?$/i
const paiseMax = 100_000_000_00

/** "223.42", "₹ 1,234.50" or "118" as integer paise; null for what is no amount of rupees in whole paise. */
export function readRupees(text: string): number | null {
  const [, whole = '', decimals = ''] = rupees.exec(text.trim()) ?? []
  if (whole === '') return null
  const paise = Number(whole.replaceAll(',', '')) * 100 + Number(decimals.padEnd(2, '0'))
  return Number.isSafeInteger(paise) && paise <= paiseMax ? paise : null
}
