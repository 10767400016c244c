import { type Static, Type } from 'typebox'
import { MedicineCard, medicineCategories, saleDecisions } from './catalogue.ts'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, Paise, listMax, oneOf } from './shapes.ts'

export const queryLettersMax = 200
const filterValuesMax = 20
const filterLettersMax = 200

/** Rupees; each band includes its lower end and excludes its upper. */
export const priceBands = ['0-50', '50-100', '100-200', '200-500', '500-1000', '1000-'] as const
export const searchSorts = ['relevance', 'popular', 'price_low', 'price_high'] as const

/** Six digits as an address has them; a PIN we do not know is answered, not refused. */
const SearchPin = Type.Optional(Type.String({ pattern: '^[1-9][0-9]{5}$' }))
const chosen = Type.Optional(
  Type.Array(Type.String({ maxLength: filterLettersMax }), { maxItems: filterValuesMax }),
)
const chosenOf = <const T extends readonly string[]>(values: T) =>
  Type.Optional(Type.Array(oneOf(values), { maxItems: filterValuesMax }))

const FacetCounts = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }))
export const SearchFacets = Type.Object({
  form: FacetCounts,
  manufacturer: FacetCounts,
  /** By what the law lets us do: values are sale decisions. */
  prescription: FacetCounts,
  price: FacetCounts,
  /** `yes` and `no`: on the shelf that serves the PIN given, and deliverable there. */
  inStock: FacetCounts,
})
export type SearchFacets = Static<typeof SearchFacets>

/** One pack found: the card, and what the finding itself has to say of it. */
export const FoundMedicine = Type.Interface([MedicineCard], {
  /** What one pack costs less than its MRP; null while either is unknown. */
  savingPaise: Type.Union([Paise, Type.Null()]),
  /** True when no name was spelled as typed: near names are different drugs, so say which one this is. */
  isGuess: Type.Boolean(),
  /** What was typed that this pack is not, or is not known to be. */
  differs: Type.Array(oneOf(['strength', 'form'])),
  /** Whether we bring this pack to the PIN given; null without one. */
  delivers: Type.Union([Type.Boolean(), Type.Null()]),
})
export type FoundMedicine = Static<typeof FoundMedicine>

/** Besides its place it names the packs that were shown before theirs. */
const SearchCursor = Type.Optional(Type.String({ maxLength: 400 }))

export const searchMedicines = endpoint({
  method: 'GET',
  path: '/medicines',
  summary:
    'Find medicines by brand, salt, maker, strength or form; without words, the most ordered near you',
  tag: 'search',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: queryLettersMax })),
    category: Type.Optional(oneOf(medicineCategories)),
    limit: Limit,
    cursor: SearchCursor,
    sort: Type.Optional(oneOf(searchSorts)),
    form: chosen,
    manufacturer: chosen,
    prescription: chosenOf(saleDecisions),
    price: chosenOf(priceBands),
    inStock: Type.Optional(Type.Boolean()),
    pin: SearchPin,
  }),
  reply: Type.Object({
    items: Type.Array(FoundMedicine),
    /** Medicines in all pages together. */
    total: Type.Integer(),
    /** Send it back as `cursor` for the next page; null on the last. */
    next: Type.Union([Type.String(), Type.Null()]),
    salts: Type.Array(Type.Object({ name: Type.String(), packs: Type.Integer() })),
    /** When the words were not found as typed: what was searched instead. Never silent. */
    showingResultsFor: Type.Union([Type.String(), Type.Null()]),
    /** Names like the typed one that later items belong to; the typed name itself exists. */
    similarNames: Type.Array(Type.String()),
    /** Typed words that no item has. */
    ignoredWords: Type.Array(Type.String()),
    /** Null for the few seconds after a start in which names are looked up more simply. */
    facets: Type.Union([SearchFacets, Type.Null()]),
    /** Nothing was found: ask the customer to tell us the name, or to send the prescription. */
    offers: Type.Object({ tellUsTheName: Type.Boolean(), uploadPrescription: Type.Boolean() }),
  }),
  refusals: ['malformed_request'],
})

export const suggestMedicines = endpoint({
  method: 'GET',
  path: '/medicines/suggestions',
  summary: 'What the first letters may become: medicines and salts',
  tag: 'search',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({ q: Type.String({ maxLength: queryLettersMax }), pin: SearchPin }),
  reply: Type.Object({
    medicines: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        packLabel: Type.String(),
        manufacturer: Type.String(),
        isGuess: Type.Boolean(),
      }),
    ),
    salts: Type.Array(
      Type.Object({ name: Type.String(), packs: Type.Integer(), isGuess: Type.Boolean() }),
    ),
    showingResultsFor: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request'],
})

export const MedicineRequest = Type.Object({
  id: Id,
  name: Type.String(),
  /** How often it was asked for, and when last. */
  asked: Type.Integer(),
  lastAskedAt: Instant,
})
export type MedicineRequest = Static<typeof MedicineRequest>

export const requestMedicine = endpoint({
  method: 'POST',
  path: '/medicine-requests',
  summary: 'Tell us the name of a medicine the search does not find; nothing about you is needed',
  tag: 'search',
  status: 201,
  permission: 'public',
  ownership: 'none',
  audit: 'search.medicine_requested',
  body: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 120 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Id }),
  refusals: ['malformed_request', 'medicine_name_invalid', 'too_many_requests'],
})

export const listMedicineRequests = endpoint({
  method: 'GET',
  path: '/medicine-requests',
  summary: 'Medicines customers looked for and did not find, the most asked first',
  tag: 'search',
  status: 200,
  permission: 'catalogue.manage',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: listMax })),
    cursor: Cursor,
  }),
  reply: Type.Object({
    items: Type.Array(MedicineRequest),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: ['malformed_request'],
})
