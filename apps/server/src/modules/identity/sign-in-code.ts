import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'

/** Six digits give 20 bits, which five tries in five minutes keep safe (ASVS 6.5.4, 6.6.3). */
export const codeDigits = 6
export const codeValidMinutes = 5
export const codeTriesMax = 5
export const resendAfterSeconds = 30
export const codesPerHourMax = 5
export const codesPerDayMax = 10
/** One address may be a whole village behind one carrier, so it is allowed more than one number is. */
export const codesPerAddressPerHourMax = 60

export function drawCode(): string {
  return String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')
}

/** Bound to its request: a code asked for on one device does not open another's request. */
export function hashCode(secretKey: string, codeId: string, code: string): Buffer {
  return createHmac('sha256', secretKey).update(`sign-in-code:${codeId}:${code}`).digest()
}

export function isSameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Digits as typed, spaces dropped and Devanagari digits read, or undefined when it cannot be a code. */
export function parseCode(typed: string): string | undefined {
  const digits = typed
    .replaceAll(/[०-९]/g, digit => String(digit.codePointAt(0)! - 0x0966))
    .replaceAll(/[\s-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : undefined
}
