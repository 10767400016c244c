import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { inTransaction } from '#kernel/transaction'
import { draftOrder } from './order-draft.ts'

interface ChosenLine {
  readonly medicineId: string
  readonly supplierId: string
  readonly packs: number
}

/**
 * Makes one draft order for each supplier of these lines, all or none; the same key again answers the same drafts.
 * Refuses as `draftOrder` does.
 */
export function orderSuggestions(
  database: Database,
  caller: Caller,
  key: string,
  lines: readonly ChosenLine[],
): Promise<{ orderIds: string[] }> {
  return inTransaction(database, caller, tx =>
    once(
      tx,
      { scope: `purchasing.suggestions:${caller.personId}`, key, request: lines },
      async () => {
        const orderIds: string[] = []
        for (const [supplierId, theirs] of Map.groupBy(lines, line => line.supplierId)) {
          const wanted = theirs.map(({ medicineId, packs }) => ({ medicineId, packs }))
          orderIds.push(await draftOrder(tx, caller, { supplierId, lines: wanted }))
        }
        return { orderIds }
      },
    ),
  )
}
