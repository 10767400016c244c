import type { PrescriptionReason } from '@janta/contracts'
import { addDays, type Day, isDay } from '#kernel/day'

export type Course = 'acute' | 'chronic'
export type Lane = 'delivery' | 'pickup'

/** What a store keeps stricter or as the permission says; wider is refused by the table's own checks. */
export interface StoreRule {
  /** Days after its date within which a prescription is presented (delivery permission of 26 March 2020). */
  readonly chronicDays: number
  readonly acuteDays: number
  /** Days a repeat may come early; none unless the owner sets it. */
  readonly repeatGraceDays: number
  /** Minutes after which a waiting prescription is late. */
  readonly targetMinutes: number
}

export const usualStoreRule: StoreRule = {
  chronicDays: 30,
  acuteDays: 7,
  repeatGraceDays: 0,
  targetMinutes: 30,
}

/** The last Indian day a prescription may be presented on. */
export function lastDayToPresent(issuedOn: Day, course: Course, rule: StoreRule): Day {
  return addDays(issuedOn, course === 'chronic' ? rule.chronicDays : rule.acuteDays)
}

/**
 * Why a prescription is not supplied from on a day, or null. The window holds for every delivery, because the
 * permission speaks of each; a later occasion that is picked up is held by the repeat's own interval alone. A first
 * supply at the counter keeps the window too until the owner has had the question answered.
 */
export function windowReason(
  dated: { readonly issuedOn: Day | null; readonly course: Course },
  supply: { readonly on: Day; readonly lane: Lane; readonly isRepeat: boolean },
  rule: StoreRule,
): PrescriptionReason | null {
  const { issuedOn, course } = dated
  if (issuedOn === null || !isDay(issuedOn)) return 'no_date'
  if (issuedOn > supply.on) return 'future_date'
  if (supply.isRepeat && supply.lane === 'pickup') return null
  return supply.on > lastDayToPresent(issuedOn, course, rule) ? 'expired_window' : null
}
