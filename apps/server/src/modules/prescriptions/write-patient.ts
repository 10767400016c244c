import type { PatientBody } from '@janta/contracts'
import { sql } from 'kysely'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/** Writes the allergies and current medicines of a profile in place of those before. */
export async function writePatientLines(
  tx: Tx,
  id: string,
  { allergies, medicines }: Pick<PatientBody, 'allergies' | 'medicines'>,
): Promise<void> {
  await forgetPatientLines(tx, id)
  const known = allergies === null ? 'not_asked' : allergies.length === 0 ? 'none' : 'listed'
  await sql`update prescriptions.patient set allergies_known = ${known} where id = ${id}`.execute(
    tx,
  )
  await sql`
    insert into prescriptions.patient_allergy (patient_id, line, class, words)
    select ${id}::uuid, line, class, words
    from unnest(${(allergies ?? []).map(one => one.class)}::text[], ${(allergies ?? []).map(one => one.words.trim())}::text[])
      with ordinality as listed (class, words, line)`.execute(tx)
  await sql`
    insert into prescriptions.patient_medicine (patient_id, line, pack_id, words)
    select ${id}::uuid, line, pack_id, words
    from unnest(${medicines.map(one => one.medicineId)}::uuid[], ${medicines.map(one => one.words.trim())}::text[])
      with ordinality as listed (pack_id, words, line)`.execute(tx)
}

export async function forgetPatientLines(tx: Tx, id: string): Promise<void> {
  await sql`delete from prescriptions.patient_allergy where patient_id = ${id}`.execute(tx)
  await sql`delete from prescriptions.patient_medicine where patient_id = ${id}`.execute(tx)
}

/** One consent, as it was given: who agreed for whom, to which text, in which language. */
export async function writeConsent(
  tx: Tx,
  whose: { id: string; personId: string },
  consent: PatientBody['consent'],
  act: 'given' | 'withdrawn' = 'given',
): Promise<void> {
  await sql`
    insert into prescriptions.patient_consent (id, patient_id, person_id, act, given_as, text_version, language)
    values (${newId()}, ${whose.id}, ${whose.personId}, ${act}, ${consent.givenAs}, ${consent.textVersion},
      ${consent.language})`.execute(tx)
}

/** Refuses `patient_self_exists` when another profile of the account is "myself" already. */
export async function assertOnlySelf(
  tx: Tx,
  personId: string,
  exceptId: string | null,
): Promise<void> {
  const { rows } = await sql`
    select id from prescriptions.patient
    where person_id = ${personId} and relation = 'self' and forgotten_at is null
      and id is distinct from ${exceptId}::uuid`.execute(tx)
  if (rows.length > 0) {
    throw new Refusal('patient_self_exists', 'Your own profile is here already. Change that one.')
  }
}
