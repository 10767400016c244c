import assert from 'node:assert/strict'
import { assertWhole } from '#kernel/money'

/**
 * Divides an amount by weights so that the shares add up to it to the paisa: everybody gets the whole part, and the
 * paise left over go one each to the largest remainders, earlier ones first. Weights that are all zero weigh alike.
 */
export function shareExactly(amount: number, weights: readonly number[]): number[] {
  assertWhole(amount)
  assert(weights.length > 0, 'an amount is shared among somebody')
  for (const weight of weights) assertWhole(weight)
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n)
  const weighed = sum === 0n ? weights.map(() => 1n) : weights.map(BigInt)
  const whole = sum === 0n ? BigInt(weights.length) : sum
  const shares = weighed.map(weight => Number((BigInt(amount) * weight) / whole))
  const remainders = weighed.map((weight, at) => ({ at, left: (BigInt(amount) * weight) % whole }))
  const left = amount - shares.reduce((total, share) => total + share, 0)
  const first = remainders.toSorted((one, other) =>
    one.left === other.left ? one.at - other.at : one.left > other.left ? -1 : 1,
  )
  for (const { at } of first.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1
  return shares
}

/** amount x part / whole, half up, however large the product. Whole numbers, `whole` above zero. */
export function portionOf(amount: number, part: number, whole: number): number {
  for (const one of [amount, part, whole]) assertWhole(one)
  assert(whole > 0, 'a whole is above zero')
  return Number((BigInt(amount) * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n))
}
