import type { MedicineCategory } from '@janta/contracts'

/** The kinds offered as chips, in the order people look for them. */
export const shownCategories = [
  'fever_pain',
  'cough_cold',
  'stomach',
  'skin',
  'vitamins',
  'first_aid',
  'personal_care',
  'baby',
] as const satisfies readonly MedicineCategory[]
