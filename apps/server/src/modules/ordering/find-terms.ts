import { findPacks, type PackFacts, type Reader } from '#modules/catalogue'
import { type CashTerms, findCashTerms } from '#modules/payments'
import { findOpenOffers, type Offer } from '#modules/promotions'
import type { Database } from '#kernel/database'
import { type Destination, findDestination } from './find-destination.ts'
import { findOpenLines } from './lock-cart.ts'

/** What holds for a checkout before anybody looks at the cart under lock. */
export interface Terms extends Destination {
  readonly openOffers: readonly Offer[]
  readonly cash: CashTerms
  /** Of the packs in the cart as it was; what came in meanwhile is asked for again. */
  readonly packs: ReadonlyMap<string, PackFacts>
}

/**
 * Asks everything a checkout can be told without a lock, beside one another and before its transaction, which then holds
 * its locks for two journeys to the database. Refuses as `findDestination`.
 */
export async function findTerms(
  database: Database,
  personId: string,
  checkout: Parameters<typeof findDestination>[1],
): Promise<Terms> {
  const { reads } = database
  const [destination, openOffers, cash, packs] = await Promise.all([
    findDestination(database, checkout),
    findOpenOffers(reads, personId),
    findCashTerms(reads, personId),
    findPacksInCart(reads, personId),
  ])
  return { ...destination, openOffers, cash, packs }
}

async function findPacksInCart(reads: Reader, personId: string): Promise<Map<string, PackFacts>> {
  const lines = await findOpenLines(reads, personId)
  return findPacks(
    reads,
    lines.map(line => line.packId),
  )
}
