import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { endRequest, lockOpenRequest } from './transfer-request.ts'

/** The asking store needs it no longer. Refuses `not_found` and `transfer_request_over`. */
export async function withdrawTransferRequest(
  database: Database,
  caller: Caller,
  id: string,
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    await lockOpenRequest(tx, id)
    await endRequest(tx, caller, { id, as: 'withdrawn' })
  })
}
