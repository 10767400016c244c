import assert from 'node:assert/strict'
import { type Day, financialYearOf } from '#kernel/day'

const lengthMax = 16
const pattern = /^[A-Z][A-Z0-9/-]{0,15}$/

/**
 * A document's number, exactly as long as GST allows: `JP/26-27/0000123` (rule 46(b)). Upper case and beginning with a
 * letter, which the e-invoice portal also asks. The digits fill what the prefix leaves, so numbers sort as text.
 */
export function documentNumber(prefix: string, day: Day, serial: number): string {
  const head = `${prefix}/${financialYearOf(day)}/`
  const digits = lengthMax - head.length
  assert(Number.isInteger(serial) && serial > 0 && serial < 10 ** digits, 'the series is full')
  const number = head + String(serial).padStart(digits, '0')
  assert(pattern.test(number), `${number} is no document number`)
  return number
}
