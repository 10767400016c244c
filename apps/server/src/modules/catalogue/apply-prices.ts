import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { reprice } from './reprice.ts'

/**
 * Brings every pack that a rule or a ceiling speaks of to its price of today: rules and ceilings of a later day
 * begin, and an MRP that rose is asked less the rule's part. Running it again changes nothing.
 */
export async function applyPrices(database: Database): Promise<number> {
  return inTransaction(database, systemCaller('apply-prices'), tx =>
    reprice(tx, {}, { source: 'rules of the day', recordedBy: null, reason: null }),
  )
}
