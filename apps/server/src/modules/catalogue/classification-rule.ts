import type { Classification } from '@janta/contracts'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { assertFromNow } from './day-from-now.ts'
import type { Scheme } from './sale-decision.ts'

/** A period in which a substance stands in a scheme. */
export interface Period {
  readonly scheme: Scheme
  readonly effectiveFrom: Day
  readonly effectiveTo: Day | null
}

/**
 * What a pharmacist may state: from today on, something the books do not already say. Refuses `rule_in_the_past`,
 * `rule_stands_already` for a scheme the substance stands in, or will, from that day on, and `rule_stands_not` for an
 * end of what does not stand.
 */
export function assertRecordable(
  stated: Classification,
  today: Day,
  periods: readonly Period[],
): void {
  assertFromNow(stated.from, today)
  if (stated.add.length + stated.end.length === 0) {
    throw new Refusal('rule_stands_not', 'Say which list the substance enters, or which it leaves.')
  }
  for (const scheme of stated.end) assertEndable(scheme, stated.from, periods)
  for (const { scheme } of stated.add) {
    if (stated.add.filter(one => one.scheme === scheme).length > 1) {
      throw new Refusal('rule_stands_already', `${scheme} is named twice. Name it once.`)
    }
    assertAddable(scheme, stated, periods)
  }
}

function assertEndable(scheme: Scheme, from: Day, periods: readonly Period[]): void {
  const stands = periods.some(
    one => one.scheme === scheme && one.effectiveTo === null && one.effectiveFrom < from,
  )
  if (stands) return
  throw new Refusal(
    'rule_stands_not',
    `No rule of ${scheme} stands open on ${from}. Look at its history below.`,
    { fields: [{ field: 'end', message: `${scheme} does not stand on that day` }] },
  )
}

function assertAddable(scheme: Scheme, stated: Classification, periods: readonly Period[]): void {
  const overlaps = periods.some(
    one =>
      one.scheme === scheme &&
      !stated.end.includes(scheme) &&
      (one.effectiveTo === null || one.effectiveTo > stated.from),
  )
  if (!overlaps) return
  throw new Refusal(
    'rule_stands_already',
    `It already stands in ${scheme} on ${stated.from} or later. End that rule in the same step to replace it.`,
    { fields: [{ field: 'add', message: `${scheme} stands already` }] },
  )
}
