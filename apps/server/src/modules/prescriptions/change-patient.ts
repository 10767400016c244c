import assert from 'node:assert/strict'
import type { PatientBody } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { findPatient, patientNotFound } from './find-patients.ts'
import { findToday } from './find-today.ts'
import { assertPatient } from './patient-rules.ts'
import { assertOnlySelf, writeConsent, writePatientLines } from './write-patient.ts'

/**
 * Corrects a profile. A consent by somebody else, to another text or in another language is written as a new one.
 * Refuses `not_found` and what `addPatient` refuses.
 */
export async function changePatient(
  database: Database,
  caller: Caller,
  id: string,
  body: PatientBody,
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'only a person keeps profiles')
  return inTransaction(database, caller, async tx => {
    await sql`
      select id from prescriptions.patient where id = ${id} and person_id = ${personId} for update`.execute(
      tx,
    )
    const before = await findPatient(tx, personId, id)
    if (!before) throw patientNotFound()
    assertPatient(body, await findToday(tx))
    if (body.relation === 'self') await assertOnlySelf(tx, personId, id)
    await sql`
      update prescriptions.patient set relation = ${body.relation}, name = ${body.name.trim()},
        birth_month = ${body.birthMonth}, sex = ${body.sex}, changed_at = kernel.now()
      where id = ${id}`.execute(tx)
    await writePatientLines(tx, id, body)
    const { givenAs, textVersion, language } = before.consent
    const { consent } = body
    const isSame =
      consent.givenAs === givenAs &&
      consent.textVersion === textVersion &&
      consent.language === language
    if (!isSame) await writeConsent(tx, { id, personId }, consent)
    return { id }
  })
}
