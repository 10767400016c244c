import type { PrescriptionReason, Scheme } from '@janta/contracts'

/** What was read from the paper, as far as the law asks for it. */
export interface Stated {
  readonly prescriberName: string | null
  readonly prescriberAddress: string | null
  readonly prescriberRegistration: string | null
  readonly prescriberCouncil: string | null
  readonly patientName: string | null
  readonly patientAddress: string | null
  readonly patientAgeYears: number | null
  readonly issuedOn: string | null
  readonly hasSignature: boolean
  readonly isTele: boolean
  readonly hasTeleConsent: boolean
}

interface Requirement {
  readonly field: keyof Stated
  /** `tele`: only of a teleconsultation; a scheme: only where a line is held to it. */
  readonly when: 'always' | 'tele' | Scheme
  readonly reason: PrescriptionReason
}

/**
 * Drugs Rules, rule 65(10): written, signed and dated, the patient's name and address. The register of rule 65(3) adds
 * the prescriber's name and address; Telemedicine Practice Guidelines 2020 add the registration, the patient's age and
 * consent. For Schedule H1 the registration is this pharmacy's own demand.
 */
export const requirements: readonly Requirement[] = [
  { field: 'issuedOn', when: 'always', reason: 'no_date' },
  { field: 'hasSignature', when: 'always', reason: 'no_signature' },
  { field: 'prescriberName', when: 'always', reason: 'no_prescriber_name' },
  { field: 'prescriberAddress', when: 'always', reason: 'no_prescriber_address' },
  { field: 'patientName', when: 'always', reason: 'no_patient' },
  { field: 'patientAddress', when: 'always', reason: 'no_patient' },
  { field: 'prescriberRegistration', when: 'H1', reason: 'no_reg_no' },
  { field: 'prescriberCouncil', when: 'H1', reason: 'no_reg_no' },
  { field: 'prescriberRegistration', when: 'tele', reason: 'no_reg_no' },
  { field: 'prescriberCouncil', when: 'tele', reason: 'no_reg_no' },
  { field: 'patientAgeYears', when: 'tele', reason: 'tele_list_violation' },
  { field: 'hasTeleConsent', when: 'tele', reason: 'tele_list_violation' },
]

/** What is missing for these schemes, each field once, in the order of the paper. */
export function missingFields(
  stated: Stated,
  schemes: ReadonlySet<Scheme>,
): { field: keyof Stated; reason: PrescriptionReason }[] {
  const missing = new Map<keyof Stated, PrescriptionReason>()
  for (const { field, when, reason } of requirements) {
    const isAsked = when === 'always' || (when === 'tele' ? stated.isTele : schemes.has(when))
    const isThere = typeof stated[field] === 'number' || Boolean(stated[field])
    if (isAsked && !isThere && !missing.has(field)) missing.set(field, reason)
  }
  return [...missing].map(([field, reason]) => ({ field, reason }))
}
