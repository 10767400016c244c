import type { Module, Surroundings } from '#kernel/module'

/** What was sold at which price and tax, on paper that never changes: invoices, credit notes, the books. */
export function billing(_surroundings: Surroundings): Module {
  return { name: 'billing' }
}
