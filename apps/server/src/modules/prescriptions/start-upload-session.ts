import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findPatient, patientNotFound } from './find-patients.ts'
import { sessionHours, sessionsPerDayMax } from './upload-limits.ts'

/**
 * Begins to take the files of one prescription from the signed-in person; the same key is one session. Refuses
 * `not_found` for a patient of somebody else, and `too_many_requests` after thirty sessions of a day.
 */
export async function startUploadSession(
  database: Database,
  caller: Caller,
  key: string,
  wanted: { patientId?: string },
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'only a person sends a prescription')
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `upload_session:${personId}`, key, request: wanted }, async () => {
      const patientId = wanted.patientId ?? null
      if (patientId && !(await findPatient(tx, personId, patientId))) throw patientNotFound()
      const { rows } = await sql<{ begun: number }>`
        select count(*)::integer as begun from prescriptions.upload_session
        where person_id = ${personId} and started_at > kernel.now() - interval '1 day'`.execute(tx)
      if (rows[0]!.begun >= sessionsPerDayMax) {
        throw new Refusal('too_many_requests', 'That is a lot for one day. Call the pharmacy.', {
          retryAfterSeconds: 3_600,
        })
      }
      const id = newId()
      await sql`
        insert into prescriptions.upload_session (id, person_id, patient_id, ends_at)
        values (${id}, ${personId}, ${patientId}, kernel.now() + make_interval(hours => ${sessionHours}))`.execute(
        tx,
      )
      return { id }
    }),
  )
}
