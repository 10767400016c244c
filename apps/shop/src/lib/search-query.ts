import type {
  MedicineCategory,
  MedicineForm,
  priceBands,
  SaleDecision,
  searchSorts,
} from '@janta/contracts'

export type PriceBand = (typeof priceBands)[number]
export type SearchSort = (typeof searchSorts)[number]

/** What a customer asked of the catalogue, as the address of the search page carries it. A PIN code is never in it. */
export interface SearchChoices {
  q: string
  category: MedicineCategory | null
  form: MedicineForm[]
  manufacturer: string[]
  prescription: SaleDecision[]
  price: PriceBand[]
  inStock: boolean
  sort: SearchSort | null
  cursor: string | null
  /** Only what is spelt as typed. */
  exact: boolean
}

/** The filters a customer ticks, in the order the page offers them. */
export const filterNames = ['form', 'prescription', 'price', 'manufacturer'] as const
export type FilterName = (typeof filterNames)[number]

/** Path and query of the search page for these choices; what is not chosen is left out, and a page begins anew. */
export function searchPath(choices: Partial<SearchChoices>): string {
  const query = new URLSearchParams()
  const { q, category, inStock, sort, cursor, exact } = choices
  if (q) query.set('q', q)
  if (category) query.set('category', category)
  for (const name of filterNames) {
    for (const value of choices[name] ?? []) query.append(name, value)
  }
  if (inStock) query.set('inStock', 'true')
  if (sort) query.set('sort', sort)
  if (exact) query.set('exact', 'true')
  if (cursor) query.set('cursor', cursor)
  return `/search${query.size > 0 ? `?${query}` : ''}`
}

/** The choices without one ticked value, from the first page on. */
export function without(choices: SearchChoices, name: FilterName, value: string): SearchChoices {
  const left = (choices[name] as string[]).filter(one => one !== value)
  return { ...choices, [name]: left, cursor: null }
}

export function chosenCount(choices: SearchChoices): number {
  const ticked = filterNames.reduce((sum, name) => sum + choices[name].length, 0)
  return ticked + (choices.inStock ? 1 : 0)
}

/** A search nobody else is likely to make, which no search engine should list. */
export function isNarrowed(choices: SearchChoices): boolean {
  return choices.q !== '' || chosenCount(choices) > 0 || Boolean(choices.sort ?? choices.cursor)
}
