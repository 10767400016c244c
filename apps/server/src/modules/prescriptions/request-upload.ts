import assert from 'node:assert/strict'
import { uploadFilesMax, type UploadType } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockSession, sessionEnded, uploadNotFound } from './upload-row.ts'
import { unusedKeepDays } from './upload-limits.ts'

/**
 * Makes room for one file in a session of the caller's. The same key is the same file, for which a fresh form may then
 * be signed: that is how a file is sent again after the network broke. Refuses `not_found`, `upload_session_ended`,
 * `upload_limit_reached`, and `upload_state_forbids` when that file has arrived already.
 */
export async function requestUpload(
  database: Database,
  caller: Caller,
  key: string,
  wanted: { sessionId: string; contentType: UploadType },
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'only a person sends a prescription')
  return inTransaction(database, caller, async tx => {
    const session = await lockSession(tx, wanted.sessionId)
    if (session?.personId !== personId) throw uploadNotFound()
    if (session.isOver) throw sessionEnded()
    const claim = { scope: `upload:${personId}`, key, request: wanted }
    const made = await once(tx, claim, () => insertUpload(tx, personId, wanted))
    const { rows } = await sql<{ state: string }>`
      select state from prescriptions.upload where id = ${made.id}`.execute(tx)
    if (rows[0]?.state !== 'awaiting') {
      throw new Refusal('upload_state_forbids', 'This file has arrived already.')
    }
    return made
  })
}

async function insertUpload(
  tx: Tx,
  personId: string,
  { sessionId, contentType }: { sessionId: string; contentType: UploadType },
): Promise<{ id: string }> {
  const { rows } = await sql<{ files: number }>`
    select count(*)::integer as files from prescriptions.upload where session_id = ${sessionId}`.execute(
    tx,
  )
  const position = rows[0]!.files + 1
  if (position > uploadFilesMax) {
    throw new Refusal(
      'upload_limit_reached',
      `One prescription has at most ${uploadFilesMax} files. Begin another for the rest.`,
    )
  }
  const id = newId()
  await sql`
    insert into prescriptions.upload (id, session_id, position, person_id, state, content_type, keep_until)
    values (${id}, ${sessionId}, ${position}, ${personId}, 'awaiting', ${contentType},
      kernel.today() + ${unusedKeepDays}::integer)`.execute(tx)
  return { id }
}
