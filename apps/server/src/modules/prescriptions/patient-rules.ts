import { consentVersionNow, type Patient, type PatientBody } from '@janta/contracts'
import { type Day, isMonth, lastDayOf, type Month } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

const adultYears = 18
const yearsMax = 120

/**
 * Completed years of somebody born in a month, as if on its last day: a person is taken for a child until every day
 * the month allows is past.
 */
export function ageOn(birthMonth: Month, today: Day): number {
  const [bornYear, ...bornRest] = lastDayOf(birthMonth).split('-')
  const [year, ...rest] = today.split('-')
  const hadBirthday = rest.join('-') >= bornRest.join('-')
  return Math.max(Number(year) - Number(bornYear) - (hadBirthday ? 0 : 1), 0)
}

/** Under 18 (Digital Personal Data Protection Act 2023, section 2): a parent or guardian agrees in the child's place. */
export function isChildOn(birthMonth: Month, today: Day): boolean {
  return ageOn(birthMonth, today) < adultYears
}

type GivenAs = Patient['consent']['givenAs']

/** Asserts that the profile may be kept: a month that can be, and a consent by the one who can give it. */
export function assertPatient(body: PatientBody, today: Day): void {
  const { birthMonth, relation, consent } = body
  if (
    !isMonth(birthMonth) ||
    birthMonth > today.slice(0, 7) ||
    ageOn(birthMonth, today) > yearsMax
  ) {
    throw new Refusal('birth_month_invalid', 'This month of birth cannot be. Check the year.')
  }
  const isChild = isChildOn(birthMonth, today)
  if (isChild && relation === 'self') {
    throw new Refusal(
      'holder_under_age',
      'An account is held by somebody of 18 or more. Ask a parent to order with their own account.',
    )
  }
  if (isChild && consent.givenAs !== 'guardian') {
    throw new Refusal(
      'guardian_consent_needed',
      'For a child a parent or guardian must agree. Read the text and agree as the parent or guardian.',
    )
  }
  const needed: GivenAs = isChild ? 'guardian' : relation === 'self' ? 'self' : 'for_adult'
  if (consent.givenAs !== needed || consent.textVersion !== consentVersionNow) {
    throw new Refusal('consent_needed', 'Read the text about what is kept, and agree to it.')
  }
}
