// The medicines a search looks through: columns of numbers by ordinal, and lists by brand and salt.
import { Compositions } from './compositions.ts'
import { Names, Postings, withRoom } from './growable.ts'
import { Ids } from './ids.ts'
import { headWord, laterWord, Lexicon } from './lexicon.ts'
import { readLabel, type TypedNumber } from './normalise.ts'
import { prescriptions, type SearchRow } from './rows.ts'
import { Sequences } from './sequences.ts'
import { StrengthTable } from './strengths.ts'
import { formNamed } from './vocabulary.ts'
import { popularityScore } from './weights.ts'

const none = -1
const brandWordsMax = 10
const formsMax = 255
const areasMax = 2000
const areaBoostsMax = 5000
const flag = { inStock: 4, discontinued: 8, live: 16 } as const

export class MedicineIndex {
  readonly lexicon = new Lexicon()
  readonly strengths = new StrengthTable()
  readonly compositions = new Compositions(this.lexicon, this.strengths)
  /** Words of each distinct brand name, first word first. */
  readonly brands = new Sequences()
  /** Brands by word; the value is brand * 2, plus 1 when the word is the brand's first. */
  readonly brandsByWord = new Postings()
  readonly forms = new Names()
  readonly manufacturers = new Names()
  readonly ids = new Ids()
  count = 0
  brand = new Int32Array(0)
  composition = new Int32Array(0)
  strengthList = new Uint32Array(0)
  form = new Uint8Array(0)
  manufacturer = new Uint32Array(0)
  pricePaise = new Int32Array(0)
  popularity = new Float32Array(0)
  /** Popularity on the scale of the scores, kept because logarithms are slow. */
  popularityScore = new Float32Array(0)
  flags = new Uint8Array(0)
  firstOfBrand = new Int32Array(0)
  nextOfBrand = new Int32Array(0)
  firstOfComposition = new Int32Array(0)
  nextOfComposition = new Int32Array(0)
  readonly #areas = new Map<string, Map<number, number>>()

  constructor() {
    this.forms.numberOf('')
    this.compositions.numberOf('')
  }

  /** Adds a medicine, or replaces the one with its id. Searches see it at once. */
  put(row: SearchRow): void {
    let ordinal = this.ids.find(row.id)
    if (ordinal >= 0) this.#unlink(ordinal)
    else ordinal = this.ids.add(row.id)
    this.#makeRoom(ordinal + 1)
    const label = readLabel(row.name)
    const words = label.words.length > 0 ? label.words : readLabel(`x ${row.brand}`).words.slice(1)
    this.brand[ordinal] = this.#brandOf(words.slice(0, brandWordsMax))
    this.composition[ordinal] = this.compositions.numberOf(row.composition)
    this.strengthList[ordinal] = this.strengths.listOf(numbersOf(label.numbers, row.strengths))
    this.form[ordinal] = this.#formOf(row.form, label.form)
    this.manufacturer[ordinal] = this.manufacturers.numberOf(row.manufacturer.trim())
    this.pricePaise[ordinal] = row.pricePaise ?? row.mrpPaise ?? none
    this.flags[ordinal] =
      flag.live |
      Math.max(0, prescriptions.indexOf(row.prescription)) |
      (row.inStock ? flag.inStock : 0) |
      (row.isDiscontinued ? flag.discontinued : 0)
    this.#link(ordinal)
    this.setPopularity(ordinal, row.popularity)
  }

  /** Forgets a medicine; answers whether it was known. */
  remove(id: string): boolean {
    const ordinal = this.ids.find(id)
    if (ordinal < 0) return false
    this.#unlink(ordinal)
    this.flags[ordinal] = 0
    this.ids.remove(ordinal)
    for (const boosts of this.#areas.values()) boosts.delete(ordinal)
    return true
  }

  /** Replaces what changes through the day without reading the label again; false when unknown. */
  revise(
    id: string,
    change: { pricePaise?: number | null; inStock?: boolean; popularity?: number },
  ): boolean {
    const ordinal = this.ids.find(id)
    if (ordinal < 0) return false
    if (change.pricePaise !== undefined) this.pricePaise[ordinal] = change.pricePaise ?? none
    if (change.inStock !== undefined) {
      const others = this.flags[ordinal]! & ~flag.inStock
      this.flags[ordinal] = others | (change.inStock ? flag.inStock : 0)
    }
    if (change.popularity !== undefined) this.setPopularity(ordinal, change.popularity)
    return true
  }

  setPopularity(ordinal: number, popularity: number): void {
    const value = Math.max(0, Number.isFinite(popularity) ? popularity : 0)
    this.popularity[ordinal] = value
    this.popularityScore[ordinal] = popularityScore(value)
    const head = this.brands.items(this.brand[ordinal]!)[0]
    if (head !== undefined && this.lexicon.popularity[head]! < value)
      this.lexicon.popularity[head] = value
  }

  /** Sets what sells in one area (a PIN prefix, a store): added to a medicine's popularity there. */
  setAreaPopularity(
    area: string,
    boosts: Iterable<readonly [id: string, popularity: number]>,
  ): void {
    if (!this.#areas.has(area) && this.#areas.size >= areasMax) return
    const byOrdinal = new Map<number, number>()
    for (const [id, popularity] of boosts) {
      const ordinal = this.ids.find(id)
      if (ordinal >= 0 && byOrdinal.size < areaBoostsMax) byOrdinal.set(ordinal, popularity)
    }
    this.#areas.set(area, byOrdinal)
  }

  areaPopularity(area: string | undefined): ReadonlyMap<number, number> | undefined {
    return area === undefined ? undefined : this.#areas.get(area)
  }

  isInStock = (ordinal: number): boolean => (this.flags[ordinal]! & flag.inStock) !== 0
  isDiscontinued = (ordinal: number): boolean => (this.flags[ordinal]! & flag.discontinued) !== 0
  isLive = (ordinal: number): boolean => (this.flags[ordinal]! & flag.live) !== 0
  prescription = (ordinal: number): number => this.flags[ordinal]! & 3

  /** The brand's words as indexed, in lower case. */
  brandName(brand: number): string {
    return Array.from(this.brands.items(brand), word => this.lexicon.text(word)).join(' ')
  }

  #brandOf(words: string[]): number {
    const list = words.map((word, i) => this.lexicon.add(word, i === 0 ? headWord : laterWord))
    const before = this.brands.count
    const brand = this.brands.numberOf(list)
    if (brand === before)
      for (const [i, word] of list.entries())
        if (list.indexOf(word) === i) this.brandsByWord.add(word, brand * 2 + (i === 0 ? 1 : 0))
    return brand
  }

  #formOf(given: string, printed: string | undefined): number {
    const word = given.trim().toLowerCase()
    const form = formNamed(word) ?? (word === '' ? (printed ?? '') : word)
    const known = this.forms.find(form)
    if (known !== undefined) return known
    return this.forms.texts.length < formsMax ? this.forms.numberOf(form) : 0
  }

  #makeRoom(length: number): void {
    this.brand = withRoom(this.brand, length)
    this.composition = withRoom(this.composition, length)
    this.strengthList = withRoom(this.strengthList, length)
    this.form = withRoom(this.form, length)
    this.manufacturer = withRoom(this.manufacturer, length)
    this.pricePaise = withRoom(this.pricePaise, length)
    this.popularity = withRoom(this.popularity, length)
    this.popularityScore = withRoom(this.popularityScore, length)
    this.flags = withRoom(this.flags, length)
    this.nextOfBrand = withRoom(this.nextOfBrand, length)
    this.nextOfComposition = withRoom(this.nextOfComposition, length)
  }

  #link(ordinal: number): void {
    const brand = this.brand[ordinal]!
    const composition = this.composition[ordinal]!
    this.firstOfBrand = withRoom(this.firstOfBrand, brand + 1, none)
    this.firstOfComposition = withRoom(this.firstOfComposition, composition + 1, none)
    this.nextOfBrand[ordinal] = this.firstOfBrand[brand]!
    this.firstOfBrand[brand] = ordinal
    this.nextOfComposition[ordinal] = this.firstOfComposition[composition]!
    this.firstOfComposition[composition] = ordinal
    this.compositions.count(composition, 1)
    this.count += 1
  }

  #unlink(ordinal: number): void {
    const brand = this.brand[ordinal]!
    const composition = this.composition[ordinal]!
    unchain(this.firstOfBrand, this.nextOfBrand, brand, ordinal)
    unchain(this.firstOfComposition, this.nextOfComposition, composition, ordinal)
    this.compositions.count(composition, -1)
    this.count -= 1
  }
}

/** Numbers of the label; a label without a strength takes those of the medicine's record. */
function numbersOf(printed: TypedNumber[], recorded: string): TypedNumber[] {
  if (recorded === '' || printed.some(number => !number.isPack)) return printed
  return [...readLabel(`x ${recorded}`).numbers, ...printed]
}

function unchain(first: Int32Array, next: Int32Array, key: number, ordinal: number): void {
  if (first[key] === ordinal) {
    first[key] = next[ordinal]!
    return
  }
  let entry = first[key]!
  while (next[entry]! !== ordinal) entry = next[entry]!
  next[entry] = next[ordinal]!
}

/**
 * Reads every medicine into a new index; a few seconds for a quarter million. From a database they
 * come in batches, since waiting for each row alone costs more than reading it.
 */
export async function buildMedicineIndex(
  rows: AsyncIterable<readonly SearchRow[]> | Iterable<SearchRow>,
): Promise<MedicineIndex> {
  const index = new MedicineIndex()
  if (Symbol.iterator in rows) for (const row of rows) index.put(row)
  else for await (const some of rows) for (const row of some) index.put(row)
  index.compositions.forgetTexts()
  index.lexicon.settle()
  return index
}
