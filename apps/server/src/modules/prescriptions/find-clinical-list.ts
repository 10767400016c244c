import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { ClinicalRule } from './clinical-findings.ts'

export interface ClinicalList {
  readonly number: number
  readonly fileName: string
  readonly confirmedBy: string
  readonly importedAt: Date
  readonly rules: readonly ClinicalRule[]
}

/** The list the checks are made with now; undefined while none was brought in. */
export async function findClinicalList(db: Reader): Promise<ClinicalList | undefined> {
  const { rows } = await sql<ClinicalList>`
    select number, file_name as "fileName", confirmed_by as "confirmedBy", imported_at as "importedAt", rules
    from prescriptions.clinical_list order by number desc limit 1`.execute(db)
  return rows[0]
}
