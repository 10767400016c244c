import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockUpload, sessionEnded, uploadNotFound } from './upload-row.ts'

/**
 * The file has arrived, says its sender or (with nobody as the caller) the sweep that found it: it is checked now. Said
 * again it changes nothing. Refuses `not_found`, `upload_session_ended` and `upload_state_forbids`.
 */
export async function finishUpload(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const upload = await lockUpload(tx, id)
    const isOwn = caller.personId === null || upload?.personId === caller.personId
    if (!upload || !isOwn) throw uploadNotFound()
    if (upload.state === 'lapsed') throw sessionEnded()
    if (upload.state === 'withdrawn') {
      throw new Refusal('upload_state_forbids', 'This file was taken back. Send it anew.')
    }
    if (upload.state !== 'awaiting') return { id }
    if (upload.isOver && caller.personId !== null) throw sessionEnded()
    await sql`
      update prescriptions.upload set state = 'checking', sent_at = kernel.now() where id = ${id}`.execute(
      tx,
    )
    await emit(tx, caller, 'prescriptions.upload_sent', { uploadId: id })
    return { id }
  })
}
