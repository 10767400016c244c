import assert from 'node:assert/strict'

/**
 * Half up, in integers, for non-negative amounts: 0.5 paise becomes 1.
 * Both arguments are integers and the product stays under 2^53, so no float ever rounds by itself.
 */
export function divideHalfUp(numerator: number, denominator: number): number {
  assertWhole(numerator)
  assertWhole(denominator)
  assert(denominator > 0, 'a denominator is positive')
  const remainder = numerator % denominator
  const quotient = (numerator - remainder) / denominator
  return remainder * 2 >= denominator ? quotient + 1 : quotient
}

/** The whole part of a division of non-negative integers; never above the true share. */
export function divideDown(numerator: number, denominator: number): number {
  assertWhole(numerator)
  assertWhole(denominator)
  assert(denominator > 0, 'a denominator is positive')
  return (numerator - (numerator % denominator)) / denominator
}

/** Fails on anything but a safe non-negative integer: a float or an overflow is a bug, never a price. */
export function assertWhole(amount: number): void {
  assert(Number.isSafeInteger(amount) && amount >= 0, `${amount} is not a whole amount`)
}
