// Filters, and how many medicines each choice would leave.
import { priceBands, saleDecisions } from '@janta/contracts'
import type { MedicineIndex } from './medicine-index.ts'
import { bandOf, bandUnknown } from './price-band.ts'
import type { FacetCount, SearchFacets, SearchFilters } from './rows.ts'
import type { Tally } from './tally.ts'
import { bandOfKind, decisionOf, formOf, isInStockOf, kindOf, kindsMax } from './traits.ts'

const facetValuesMax = 30

const bit = {
  form: 1,
  manufacturer: 2,
  prescription: 4,
  price: 8,
  stock: 16,
  category: 32,
  only: 64,
} as const

function chosen(
  texts: readonly string[],
  wanted: readonly string[] | undefined,
): Uint8Array | undefined {
  if (wanted === undefined || wanted.length === 0) return undefined
  return Uint8Array.from(texts, text => (wanted.includes(text) ? 1 : 0))
}

export class Facets {
  readonly #index: MedicineIndex
  readonly #filters: {
    form: Uint8Array | undefined
    manufacturer: Uint8Array | undefined
    prescription: Uint8Array | undefined
    price: Uint8Array | undefined
    isInStock: boolean | undefined
    category: Uint8Array | undefined
    only: number
    /** By the law's decision: whether such packs reach the customer. */
    reaching: Uint8Array | undefined
  }
  readonly #isFiltering: boolean
  readonly #kinds = new Uint32Array(kindsMax)
  readonly #counts: Record<'form' | 'prescription' | 'price' | 'stock', Uint32Array>
  readonly #makers: Tally

  /** `makers` is cleared and used until the next facets are made with it. */
  constructor(index: MedicineIndex, filters: SearchFilters, makers: Tally) {
    this.#index = index
    this.#makers = makers
    makers.clear(index.manufacturers.texts.length)
    this.#filters = {
      form: chosen(index.forms.texts, filters.form),
      manufacturer: chosen(index.manufacturers.texts, filters.manufacturer),
      prescription: chosen(saleDecisions, filters.prescription),
      price: chosen(priceBands, filters.price),
      isInStock: filters.isInStock,
      category: filters.category ? chosen(index.categories.texts, [filters.category]) : undefined,
      only: filters.only === undefined ? -1 : saleDecisions.indexOf(filters.only),
      reaching:
        filters.reaching &&
        Uint8Array.from(saleDecisions, one => (filters.reaching?.includes(one) ? 1 : 0)),
    }
    const { reaching: _, only, ...others } = this.#filters
    this.#isFiltering = only !== -1 || Object.values(others).some(one => one !== undefined)
    this.#counts = {
      form: new Uint32Array(index.forms.texts.length),
      prescription: new Uint32Array(saleDecisions.length),
      price: new Uint32Array(priceBands.length),
      stock: new Uint32Array(2),
    }
  }

  /** The filters a medicine fails, as bits; 0 when it passes all. */
  failed(ordinal: number): number {
    if (!this.#isFiltering) return 0
    const { form, manufacturer, prescription, price, isInStock, category, only } = this.#filters
    const index = this.#index
    let failed = 0
    if (form && form[index.form[ordinal]!] !== 1) failed |= bit.form
    if (manufacturer && manufacturer[index.manufacturer[ordinal]!] !== 1) failed |= bit.manufacturer
    if (prescription && prescription[index.decision(ordinal)] !== 1) failed |= bit.prescription
    if (price && price[bandOf(index.pricePaise[ordinal]!)] !== 1) failed |= bit.price
    if (isInStock !== undefined && this.#isAtHand(ordinal) !== isInStock) failed |= bit.stock
    if (category && category[index.category[ordinal]!] !== 1) failed |= bit.category
    if (only !== -1 && index.decision(ordinal) !== only) failed |= bit.only
    return failed
  }

  /** Counts a medicine in each facet whose own filter is the only one it may fail. */
  count(ordinal: number, failed: number): void {
    const index = this.#index
    const counts = this.#counts
    if (failed === 0) return this.#countInAll(ordinal)
    if ((failed & ~bit.form) === 0) add(counts.form, index.form[ordinal]!)
    if ((failed & ~bit.manufacturer) === 0) this.#makers.add(index.manufacturer[ordinal]!)
    if ((failed & ~bit.prescription) === 0) add(counts.prescription, index.decision(ordinal))
    if ((failed & ~bit.price) === 0) {
      const band = bandOf(index.pricePaise[ordinal]!)
      if (band !== bandUnknown) add(counts.price, band)
    }
    if ((failed & ~bit.stock) === 0) add(counts.stock, this.#isAtHand(ordinal) ? 1 : 0)
  }

  /** Tens of thousands of medicines of a common salt pass here, one by one. */
  #countInAll(ordinal: number): void {
    const { ranking, manufacturer } = this.#index
    const one = ranking.traits[ordinal]!
    add(this.#counts.form, formOf(one))
    this.#makers.add(manufacturer[ordinal]!)
    add(this.#kinds, kindOf(one))
  }

  /** Parts the medicines that passed everything, counted by kind, among their facets. */
  #shareKinds(): void {
    const { prescription, price, stock } = this.#counts
    const { reaching } = this.#filters
    for (let kind = 0; kind < kindsMax; kind++) {
      const count = this.#kinds[kind]!
      if (count === 0) continue
      const decision = decisionOf(kind)
      const band = bandOfKind(kind)
      const isAtHand = isInStockOf(kind) && (!reaching || reaching[decision] === 1)
      add(prescription, decision, count)
      add(stock, isAtHand ? 1 : 0, count)
      if (band !== bandUnknown) add(price, band, count)
    }
    this.#kinds.fill(0)
  }

  #isAtHand(ordinal: number): boolean {
    const { reaching } = this.#filters
    if (!this.#index.isInStock(ordinal)) return false
    return !reaching || reaching[this.#index.decision(ordinal)] === 1
  }

  /** Counts by value: the largest thirty of forms and makers, bands and needs in their own order. */
  result(): SearchFacets {
    const { forms, manufacturers } = this.#index
    const counts = this.#counts
    this.#shareKinds()
    return {
      form: largest(counted(forms.texts, counts.form)),
      manufacturer: largest(met(manufacturers.texts, this.#makers)),
      prescription: counted(saleDecisions, counts.prescription),
      price: counted(priceBands, counts.price),
      inStock: counted(['no', 'yes'], counts.stock),
    }
  }
}

function add(counts: Uint32Array, value: number, more = 1): void {
  counts[value] = counts[value]! + more
}

/** What was counted of each value that has a name, in their own order. */
function counted(texts: readonly string[], counts: Uint32Array): FacetCount[] {
  const facets: FacetCount[] = []
  for (let i = 0; i < texts.length; i++)
    if (counts[i]! > 0 && texts[i] !== '')
      facets.push({ value: texts[i] as string, count: counts[i]! })
  return facets
}

/** The same of those met, in no order. */
function met(texts: readonly string[], tally: Tally): FacetCount[] {
  const values = tally.values()
  const least = leastOfLargest(values, tally)
  const facets: FacetCount[] = []
  for (let i = 0; i < values.length; i++) {
    const value = texts[values[i]!] as string
    const count = tally.count(values[i]!)
    if (count >= least && value !== '') facets.push({ value, count })
  }
  return facets
}

function largest(facets: FacetCount[]): FacetCount[] {
  facets.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return facets.slice(0, facetValuesMax)
}

/** A count that enough values reach, so that thousands of makers need not be put in order to show thirty. */
function leastOfLargest(values: Uint32Array, tally: Tally): number {
  // One more than are shown, as the value without a name may be among them.
  if (values.length <= facetValuesMax + 1) return 1
  const counts = values.map(value => tally.count(value))
  return counts.sort()[counts.length - facetValuesMax - 1]!
}
