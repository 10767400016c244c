const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * True for a GST identification number whose last character is right: every second character weighs two, each
 * product adds its two digits to base 36, and the last one brings the sum to the next 36.
 */
export function isGstin(text: string): boolean {
  if (!/^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text)) return false
  return gstinCheck(text.slice(0, 14)) === text.charAt(14)
}

/** The fifteenth character that belongs after these fourteen. */
export function gstinCheck(first: string): string {
  let sum = 0
  for (let at = 0; at < 14; at++) {
    const product = alphabet.indexOf(first.charAt(at)) * (at % 2 === 0 ? 1 : 2)
    sum += Math.trunc(product / 36) + (product % 36)
  }
  return alphabet.charAt((36 - (sum % 36)) % 36)
}
