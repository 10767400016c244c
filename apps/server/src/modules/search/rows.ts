// What the medicine search is fed and what it answers.

export type Prescription = 'none' | 'required' | 'blocked' | 'unknown'
export const prescriptions: readonly Prescription[] = ['none', 'required', 'blocked', 'unknown']

/** One medicine as the index reads it. Nothing here is kept as text but form and manufacturer. */
export type SearchRow = {
  id: string
  name: string
  brand: string
  manufacturer: string
  form: string
  strengths: string
  composition: string
  pack: string
  pricePaise: number | null
  mrpPaise: number | null
  popularity: number
  prescription: Prescription
  inStock: boolean
  isDiscontinued: boolean
}

/** Rupees; the last band has no upper end. Each band includes its lower and excludes its upper price. */
export const priceBands = ['0-50', '50-100', '100-200', '200-500', '500-1000', '1000-'] as const
export type PriceBand = (typeof priceBands)[number]

export type SearchFilters = {
  form?: readonly string[]
  manufacturer?: readonly string[]
  prescription?: readonly Prescription[]
  price?: readonly PriceBand[]
  isInStock?: boolean
}

export type SearchSort = 'relevance' | 'popular' | 'price_low' | 'price_high'

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
