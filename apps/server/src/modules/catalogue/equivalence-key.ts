import type { Salt } from './read-composition.ts'
import type { ReadForm } from './read-form.ts'

/**
 * Two medicines with the same key hold the same salts in the same strengths, form group, release and route. A key
 * with an unknown strength or form begins with '?': it says what is inside, but compares with nothing.
 */
export function equivalenceKey(salts: readonly Salt[], form: ReadForm): string {
  const parts = salts.map(salt => `${salt.substance.name} ${salt.strength.key || '?'}`).sort()
  const key = `${parts.join('+')}|${form.group}|${form.release}|${form.route}`
  const isComparable = form.group !== 'other' && salts.every(salt => salt.strength.key !== '')
  return isComparable ? key : `?${key}`
}
