import { Refusal } from '#kernel/refusal'

const pinPattern = /^[1-9][0-9]{5}$/
const devanagariZero = 0x0966

/**
 * The six digits of a PIN as people write it: `452001`, `452 001`, `452-001` or in Devanagari figures.
 * Refuses anything else with `pin_code_invalid`.
 */
export function readPinCode(text: string): string {
  const latin = text.replace(/[०-९]/g, digit => String(digit.charCodeAt(0) - devanagariZero))
  const pin = latin.trim().replace(/^(\d{3})[\s-](\d{3})$/, '$1$2')
  if (!pinPattern.test(pin)) {
    throw new Refusal(
      'pin_code_invalid',
      'A PIN code has six digits and does not begin with 0, for example 452001. Check it and try again.',
    )
  }
  return pin
}

/** Army post offices: no courier may enter, parcels go by India Post to a unit's number. */
export function isArmyPin(pin: string): boolean {
  return pin.startsWith('9')
}
