import type { PrescriptionReason, Scheme } from '@janta/contracts'

/** How the doctor and the patient spoke, and whether they had before. */
export interface Teleconsultation {
  readonly mode: 'text' | 'audio' | 'video'
  readonly consultation: 'first' | 'follow_up'
}

/** The lists of the Telemedicine Practice Guidelines of 25 March 2020; the pharmacist marks which one an item is on. */
export type TeleList = 'O' | 'A' | 'B'

const neverBy: ReadonlySet<Scheme> = new Set<Scheme>([
  'X',
  'NDPS_NARCOTIC',
  'NDPS_PSYCHOTROPIC',
  'ESSENTIAL_NARCOTIC',
])

/**
 * Why an item may not be supplied on a teleconsultation, or null. List O: any way of speaking; list A: by video, or a
 * refill on a follow-up; list B: an addition on a follow-up only; Schedule X and whatever the NDPS Act names: never. An
 * item nobody put on a list is refused.
 */
export function teleReason(
  tele: Teleconsultation,
  list: TeleList | null,
  schemes: readonly Scheme[],
): PrescriptionReason | null {
  const isAllowed =
    !schemes.some(scheme => neverBy.has(scheme)) &&
    (list === 'O' ||
      (list === 'A' && (tele.mode === 'video' || tele.consultation === 'follow_up')) ||
      (list === 'B' && tele.consultation === 'follow_up'))
  return isAllowed ? null : 'tele_list_violation'
}
