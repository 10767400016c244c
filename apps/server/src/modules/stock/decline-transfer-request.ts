import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { endRequest, lockOpenRequest } from './transfer-request.ts'

/** Says no to the asking store, and why. Refuses `not_found` and `transfer_request_over`. */
export async function declineTransferRequest(
  database: Database,
  caller: Caller,
  asked: { id: string; reason: string },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    await lockOpenRequest(tx, asked.id)
    await endRequest(tx, caller, { id: asked.id, as: 'declined', reason: asked.reason.trim() })
  })
}
