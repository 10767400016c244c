import type { PrescriptionReason } from '@janta/contracts'

/** How the prescriber named the medicine: a brand, the substance, or a brand with "or equivalent" written by hand. */
export type WrittenAs = 'brand' | 'generic' | 'endorsed'

/** What two packs are compared by. */
export interface PackIdentity {
  /** The brand in one strength and form, whatever the pack's size. */
  readonly medicine: number
  /** Same salts, strengths, form and release; null where they are not known. */
  readonly drug: number | null
  readonly form: string
  /** Base substances, sorted. */
  readonly substances: readonly string[]
}

/**
 * Why the ordered pack is not the prescribed preparation, or null. Rule 65(11A): whoever dispenses Schedule H, H1 or X
 * may not supply another preparation, whether or not it has the same substances. A generic name leaves the brand to
 * the pharmacist; an endorsement permits equivalents; whatever is in none of these schedules is the customer's choice
 * among the same medicine.
 */
export function substitutionReason(
  writtenAs: WrittenAs,
  written: PackIdentity,
  ordered: PackIdentity,
  isScheduled: boolean,
): PrescriptionReason | null {
  if (written.medicine === ordered.medicine) return null
  const isSameDrug = written.drug !== null && written.drug === ordered.drug
  if (isSameDrug) return writtenAs === 'brand' && isScheduled ? 'other_brand' : null
  if (written.substances.length === 0 || !areSame(written.substances, ordered.substances)) {
    return 'drug_not_on_rx'
  }
  return written.form === ordered.form ? 'strength_mismatch' : 'form_mismatch'
}

const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name === other[at])
