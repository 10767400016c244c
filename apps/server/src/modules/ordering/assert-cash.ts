import type { PackFacts } from '#modules/catalogue'
import { assertCashOffered, type CashTerms } from '#modules/payments'
import type { Store } from '#modules/stock'
import { assertCashAllowed } from './order-total.ts'

const chilled = new Set<PackFacts['storageClass']>(['cold', 'frozen'])

/** Refuses cash for an order of these packs and this total, as `assertCashAllowed` and `assertCashOffered`. */
export function assertCash(
  { cash, store }: { cash: CashTerms; store: Store },
  packs: readonly Pick<PackFacts, 'storageClass'>[],
  totalPaise: number,
): void {
  assertCashAllowed(totalPaise, store.cashLimitPaise)
  const hasColdChain = packs.some(pack => chilled.has(pack.storageClass))
  assertCashOffered(cash, { totalPaise, hasColdChain })
}
