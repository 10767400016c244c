import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { transferRequestNotFound } from './find-transfer-requests.ts'

export interface OpenRequest {
  id: string
  fromStoreId: string
  toStoreId: string
  packId: string
  units: number
  reason: string
}

/** The request under its lock, when it still waits for an answer. Refuses `not_found` and `transfer_request_over`. */
export async function lockOpenRequest(tx: Tx, id: string): Promise<OpenRequest> {
  const { rows } = await sql<OpenRequest & { isOver: boolean }>`
    select id, asked_store_id as "fromStoreId", asking_store_id as "toStoreId", pack_id as "packId", units, reason,
      ended_as is not null or expires_at <= kernel.now() as "isOver"
    from stock.transfer_request where id = ${id} for update`.execute(tx)
  const [request] = rows
  if (!request) throw transferRequestNotFound()
  if (!request.isOver) return request
  throw new Refusal(
    'transfer_request_over',
    'This request was answered, withdrawn or ran out. Look at the list; ask again if it is still needed.',
  )
}

/** Writes how a request ended, which it does once. */
export async function endRequest(
  tx: Tx,
  caller: Caller,
  how: { id: string; as: 'sent' | 'declined' | 'withdrawn'; transferId?: string; reason?: string },
): Promise<void> {
  await sql`
    update stock.transfer_request set ended_as = ${how.as}, ended_at = kernel.now(), ended_by = ${caller.personId}::uuid,
      transfer_id = ${how.transferId ?? null}::uuid, end_reason = ${how.reason ?? null}::text
    where id = ${how.id}`.execute(tx)
}
