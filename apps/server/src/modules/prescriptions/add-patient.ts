import assert from 'node:assert/strict'
import { type PatientBody, patientsMax } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findToday } from './find-today.ts'
import { assertPatient } from './patient-rules.ts'
import { assertOnlySelf, writeConsent, writePatientLines } from './write-patient.ts'

/**
 * Keeps a profile with the consent to it. Refuses what cannot be or was not agreed to (see `assertPatient`),
 * `patient_self_exists`, and `patient_limit_reached` after twelve.
 */
export async function addPatient(
  database: Database,
  caller: Caller,
  key: string,
  body: PatientBody,
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'only a person keeps profiles')
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `patient:${personId}`, key, request: body }, async () => {
      assertPatient(body, await findToday(tx))
      // Two forms sent at once by one person are taken one after the other.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`patient:${personId}`}, 0))`.execute(
        tx,
      )
      const { rows } = await sql<{ kept: number }>`
        select count(*)::integer as kept from prescriptions.patient
        where person_id = ${personId} and forgotten_at is null`.execute(tx)
      if (rows[0]!.kept >= patientsMax) {
        throw new Refusal(
          'patient_limit_reached',
          `An account keeps at most ${patientsMax} people. Delete one first.`,
        )
      }
      if (body.relation === 'self') await assertOnlySelf(tx, personId, null)
      const id = newId()
      await sql`
        insert into prescriptions.patient (id, person_id, relation, name, birth_month, sex, allergies_known)
        values (${id}, ${personId}, ${body.relation}, ${body.name.trim()}, ${body.birthMonth}, ${body.sex},
          'not_asked')`.execute(tx)
      await writePatientLines(tx, id, body)
      await writeConsent(tx, { id, personId }, body.consent)
      return { id }
    }),
  )
}
