import { type Patient, patientsMax } from '@janta/contracts'
import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import type { Reader } from './find-uploads.ts'
import { ageOn, isChildOn } from './patient-rules.ts'

type PatientRow = Omit<Patient, 'ageYears' | 'isChild' | 'consent'> & {
  readonly today: Day
  readonly consent: Omit<Patient['consent'], 'isOutgrown' | 'at'> & { readonly at: string }
}

export const patientNotFound = () => new Refusal('not_found', 'There is no such person here.')

/** The profiles a person keeps, herself first, then as they were added. */
export function findPatients(db: Reader, personId: string): Promise<Patient[]> {
  return read(db, personId, null)
}

/** One profile of this person's; undefined for somebody else's, an unknown or a forgotten one. */
export async function findPatient(
  db: Reader,
  personId: string,
  patientId: string,
): Promise<Patient | undefined> {
  return (await read(db, personId, patientId))[0]
}

async function read(db: Reader, personId: string, patientId: string | null): Promise<Patient[]> {
  const { rows } = await sql<PatientRow>`
    select patient.id, relation, name, birth_month as "birthMonth", sex, kernel.today()::text as today,
      case when allergies_known = 'not_asked' then null else coalesce((
        select jsonb_agg(jsonb_build_object('class', class, 'words', words) order by line)
        from prescriptions.patient_allergy where patient_id = patient.id), '[]') end as allergies,
      coalesce((
        select jsonb_agg(jsonb_build_object('medicineId', pack_id, 'words', words) order by line)
        from prescriptions.patient_medicine where patient_id = patient.id), '[]') as medicines,
      jsonb_build_object('givenAs', given_as, 'textVersion', text_version, 'language', language, 'at', at)
        as consent
    from prescriptions.patient
    cross join lateral (
      select given_as, text_version, language, at from prescriptions.patient_consent
      where patient_id = patient.id order by id desc limit 1) agreed
    where person_id = ${personId} and forgotten_at is null
      and (${patientId}::uuid is null or patient.id = ${patientId}::uuid)
    order by relation <> 'self', patient.id limit ${patientsMax}`.execute(db)
  return rows.map(({ today, consent, ...patient }) => {
    const isChild = isChildOn(patient.birthMonth, today)
    return {
      ...patient,
      ageYears: ageOn(patient.birthMonth, today),
      isChild,
      consent: {
        ...consent,
        at: new Date(consent.at).toISOString(),
        isOutgrown: !isChild && consent.givenAs === 'guardian',
      },
    }
  })
}
