import type { SupplierLicence } from '@janta/contracts'
import type { PackFacts } from '#modules/catalogue'
import type { Day } from '#kernel/day'

type Form = SupplierLicence['form']

/** The licences under which somebody may sell to a chemist: wholesale, or the maker's own (Drugs Rules 59, 61). */
const ordinary: readonly Form[] = ['20B', '25', '28']
const biological: readonly Form[] = ['21B', '28']
const scheduleX: readonly Form[] = ['20G']

/** Which licences would do for this pack; null for what is no drug and needs none. */
export function licencesFor(
  pack: Pick<PackFacts, 'saleClass' | 'composition' | 'schedules'>,
): readonly Form[] | null {
  if (pack.schedules.includes('X')) return scheduleX
  if (pack.schedules.includes('C') || pack.schedules.includes('C1')) return biological
  const isDrug = pack.saleClass !== 'none' || pack.composition !== ''
  return isDrug ? ordinary : null
}

/**
 * Why a supplier may not deliver under any of these licences on that day, as a sentence; null when he may. A licence
 * nobody has looked at counts as none: buying from an unlicensed dealer is an offence of the buyer (section 18).
 */
export function licenceObstacle(
  licences: readonly SupplierLicence[],
  wanted: readonly Form[],
  day: Day,
): string | null {
  const held = licences.filter(one => wanted.includes(one.form))
  if (held.some(one => one.status === 'in_force' && (one.validTo === null || one.validTo >= day))) {
    return null
  }
  const [first] = held
  if (!first) return `No licence in Form ${wanted.join(' or ')} of this supplier is on record.`
  if (first.status === 'in_force') return `Licence ${first.form} of this supplier ran out.`
  return first.status === 'unknown'
    ? `Nobody has checked licence ${first.form} of this supplier.`
    : `Licence ${first.form} of this supplier is ${first.status}.`
}

/** What the list of suppliers warns of: whether ordinary medicines may be taken. */
export function supplierObstacle(licences: readonly SupplierLicence[], day: Day): string | null {
  return licenceObstacle(licences, ordinary, day)
}
