import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { recallNotFound } from './find-recalls.ts'

export interface LockedRecall {
  readonly id: string
  readonly isMock: boolean
  readonly batchIds: readonly string[]
}

/** Keeps an open recall for this transaction; refuses `not_found`, and `recall_state_forbids` once it is closed. */
export async function lockRecall(tx: Tx, id: string): Promise<LockedRecall> {
  const { rows } = await sql<{ isMock: boolean; isClosed: boolean; batchIds: string[] }>`
    select is_mock as "isMock", closed_at is not null as "isClosed",
      array(select batch_id from recall.batch where recall_id = recall.id order by batch_id) as "batchIds"
    from recall.recall where id = ${id} for update`.execute(tx)
  const [found] = rows
  if (!found) throw recallNotFound()
  if (found.isClosed) {
    throw new Refusal(
      'recall_state_forbids',
      'This recall is closed. Open a new one if more came up.',
    )
  }
  return { id, isMock: found.isMock, batchIds: found.batchIds }
}

/** Refuses `not_found` for a batch that this recall does not name, `recall_state_forbids` to move units in a drill. */
export function assertMayMove(recall: LockedRecall, batchId: string): void {
  if (recall.isMock) {
    throw new Refusal('recall_state_forbids', 'This recall is a drill: nothing is moved in it.')
  }
  if (!recall.batchIds.includes(batchId)) {
    throw new Refusal('not_found', 'That batch is not in this recall. Choose one of its batches.')
  }
}
