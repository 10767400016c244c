import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { findPatient, patientNotFound } from './find-patients.ts'
import { forgetPatientLines, writeConsent } from './write-patient.ts'

/**
 * Takes the consent back, which is as easy as giving it: name, birth, sex, allergies and medicines are erased at once.
 * That somebody agreed and withdrew stays without a name; registers and invoices hold copies of their own, which the
 * law keeps. Refuses `not_found`.
 */
export async function forgetPatient(
  database: Database,
  caller: Caller,
  id: string,
): Promise<{ id: string }> {
  const { personId } = caller
  assert(personId, 'only a person keeps profiles')
  return inTransaction(database, caller, async tx => {
    const patient = await findPatient(tx, personId, id)
    if (!patient) throw patientNotFound()
    await forgetPatientLines(tx, id)
    await sql`
      update prescriptions.patient set name = null, birth_month = null, sex = null, allergies_known = 'not_asked',
        forgotten_at = kernel.now(), changed_at = kernel.now()
      where id = ${id}`.execute(tx)
    await writeConsent(tx, { id, personId }, patient.consent, 'withdrawn')
    return { id }
  })
}
