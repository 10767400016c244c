import type { Supplier, SupplierLicence } from '@janta/contracts'
import { formatDay, type Locale } from '@janta/ui/format.ts'
import type { buyWords } from './words.svelte.ts'

type Words = (typeof buyWords)['now']

/** A day of the calendar, 'YYYY-MM-DD', in words. */
export const dayText = (day: string, locale: Locale): string =>
  formatDay(`${day}T00:00:00+05:30`, locale)

/** A licence in a line: form, number, and how long it holds or why it does not. */
export function licenceText(
  licence: SupplierLicence,
  words: Words,
  locale: Locale,
  today: string,
): string {
  const { validTo, status } = licence
  const holds =
    status !== 'in_force'
      ? words.licenceStatuses[status]
      : validTo === null
        ? words.perpetual
        : validTo < today
          ? words.ranOut(dayText(validTo, locale))
          : words.validUntil(dayText(validTo, locale))
  return `${licence.form} ${licence.number}, ${holds}`
}

const warnDays = 60
const dayMs = 86_400_000

/** The first end of a licence in force within two months, said in a language; null when none ends so soon. */
export function soonestEnd(supplier: Supplier, today: string): ((locale: Locale) => string) | null {
  const until = new Date(Date.parse(today) + warnDays * dayMs).toISOString().slice(0, 10)
  const [first] = supplier.licences
    .flatMap(one => (one.status === 'in_force' && one.validTo !== null ? [one.validTo] : []))
    .filter(day => day >= today && day <= until)
    .sort()
  return first === undefined ? null : locale => dayText(first, locale)
}
