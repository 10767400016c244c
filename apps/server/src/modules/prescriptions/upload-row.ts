import type { UploadStateName } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { formSeconds } from './upload-limits.ts'

/** A session as a command needs it, locked so that its files are numbered one after the other. */
export async function lockSession(
  tx: Tx,
  id: string,
): Promise<{ personId: string; isOver: boolean } | undefined> {
  const { rows } = await sql<{ personId: string; isOver: boolean }>`
    select person_id as "personId", ends_at <= kernel.now() as "isOver"
    from prescriptions.upload_session where id = ${id} for update`.execute(tx)
  return rows[0]
}

export interface UploadRow {
  readonly id: string
  readonly personId: string
  readonly state: UploadStateName
  readonly isUsed: boolean
  /** No form given in its session can be used any more. */
  readonly isOver: boolean
}

export async function lockUpload(tx: Tx, id: string): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select upload.id, upload.person_id as "personId", upload.state, used_at is not null as "isUsed",
      ends_at + make_interval(secs => ${formSeconds}) <= kernel.now() as "isOver"
    from prescriptions.upload join prescriptions.upload_session session on session.id = session_id
    where upload.id = ${id} and forgotten_at is null
    for update of upload`.execute(tx)
  return rows[0]
}

export const uploadNotFound = () => new Refusal('not_found', 'There is no such prescription.')

export const sessionEnded = () =>
  new Refusal('upload_session_ended', 'The time for this upload is over. Begin again.')
