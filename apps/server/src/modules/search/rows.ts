// What the medicine search is fed and what it answers.
import type { priceBands, SaleDecision, searchSorts } from '@janta/contracts'
import type { ListedPackRow } from '#modules/catalogue'

/** One medicine as the index reads it: a pack of the catalogue, and what a list may add to it. */
export type SearchRow = Omit<ListedPackRow, 'form' | 'isOffered' | 'lawKey'> & {
  form: string
  /** Left out, it is offered. */
  isOffered?: boolean
  /** Left out, no change of the law reaches it. */
  lawKey?: string
  /** Read where the name has no words of its own. */
  brand?: string
  /** Read where the name prints no strength. */
  strengths?: string
  /** Whole packs to promise; left out, what was known of the shelf stays. */
  availablePacks?: number
}

export type PriceBand = (typeof priceBands)[number]

export type SearchFilters = {
  form?: readonly string[]
  manufacturer?: readonly string[]
  prescription?: readonly SaleDecision[]
  price?: readonly PriceBand[]
  isInStock?: boolean
  category?: string
  /** Only packs of this decision, whatever else is chosen; it is no facet of its own. */
  only?: SaleDecision
  /** Decisions of the law whose packs reach the customer; left out, all do. */
  reaching?: readonly SaleDecision[]
}

export type SearchSort = (typeof searchSorts)[number]

export type SearchOptions = {
  limit?: number
  cursor?: string
  sort?: SearchSort
  filters?: SearchFilters
  area?: string
  withFacets?: boolean
}

/** How a typed word met a word of the medicine. `similar` and `sound` are guesses. */
export type WordMatch = {
  typed: string
  matched: string
  by: 'exact' | 'prefix' | 'similar' | 'sound'
  in: 'brand' | 'salt'
}

export type SearchHit = {
  ordinal: number
  id: string
  score: number
  why: WordMatch[]
  /** True when any word was guessed: the customer must be told which name this really is. */
  isGuess: boolean
  /** What the customer typed that this medicine is not. */
  differs: ('strength' | 'form')[]
}

export type FacetCount = { value: string; count: number }
export type SearchFacets = {
  form: FacetCount[]
  manufacturer: FacetCount[]
  prescription: FacetCount[]
  price: FacetCount[]
  inStock: FacetCount[]
}

export type SearchResult = {
  hits: SearchHit[]
  total: number
  /** Show "Showing results for {to}" whenever this is set: near names are different drugs. */
  corrected?: { from: string; to: string }
  /** Names like the one typed that hits further down belong to, when the typed name itself exists. */
  similar: string[]
  /** Typed words no medicine found has. */
  ignored: string[]
  groups: { medicines: SuggestedBrand[]; salts: SuggestedSalt[] }
  facets?: SearchFacets
  next?: string
}
export type SuggestedBrand = { name: string; topId: string }
export type SuggestedSalt = { name: string; medicines: number; isGuess: boolean }
