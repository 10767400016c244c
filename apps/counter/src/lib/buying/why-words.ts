import type { ReorderSuggestion } from '@janta/contracts'
import type { buyWords } from './words.svelte.ts'

type Words = (typeof buyWords)['now']

/** Why a medicine should be ordered, each reason with its figures; base units, as the ledger counts. */
export function whyOf(
  one: ReorderSuggestion,
  words: Words,
  count: (value: number) => string,
): string[] {
  const reasons: (string | false)[] = [
    one.soldUnits > 0 && words.whySold(count(one.soldUnits), count(one.soldDays)),
    words.whyUsable(count(one.usableUnits)),
    one.expiringUnits > 0 && words.whyExpiring(count(one.expiringUnits)),
    one.onOrderUnits > 0 && words.whyOnOrder(count(one.onOrderUnits)),
    // Without sales the mark beside these words says so already.
    one.reason === 'runs_out' ? words.whyRunsOut : one.daysLeft !== null && words.whyMinimum,
  ]
  return reasons.filter(reason => reason !== false)
}
