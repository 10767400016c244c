import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockUpload, uploadNotFound } from './upload-row.ts'

/**
 * The customer takes a file back; a job erases it. Refuses `not_found`, and `upload_in_use` once a review rests on it,
 * because from then on it is a record the law keeps (Pharmacy Practice Regulations 2015, 6.2).
 */
export async function withdrawUpload(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const upload = await lockUpload(tx, id)
    if (!upload || upload.personId !== caller.personId) throw uploadNotFound()
    if (upload.isUsed) {
      throw new Refusal(
        'upload_in_use',
        'A pharmacist has worked with this file, and the law keeps it now. Cancel the order if it was wrong.',
      )
    }
    if (upload.state === 'refused' || upload.state === 'lapsed') {
      throw new Refusal('upload_state_forbids', 'Nothing of this file was kept.')
    }
    if (upload.state === 'withdrawn') return { id }
    await sql`
      update prescriptions.upload set state = 'withdrawn', keep_until = kernel.today() - 1 where id = ${id}`.execute(
      tx,
    )
    await emit(tx, caller, 'prescriptions.upload_withdrawn', { uploadId: id })
    return { id }
  })
}
