import { createHash, randomBytes } from 'node:crypto'

export const sessionCookie = '__Host-janta-session'
/** A customer stays signed in on her own phone; a counter is shared, so staff sign in each shift. */
export const customerIdleDays = 60
export const customerDaysMax = 180
export const staffIdleHours = 10
export const staffHoursMax = 14

const tokenBytes = 32

export function drawToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

/** What is stored and compared: the token itself exists only in the browser. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

const tokenPattern = /^[A-Za-z0-9_-]{43}$/

export function isToken(text: string): boolean {
  return tokenPattern.test(text)
}
