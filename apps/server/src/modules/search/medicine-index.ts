// The medicines a search looks through: columns of numbers by ordinal, and lists by brand and salt.
import { saleDecisions } from '@janta/contracts'
import { type LawOfKey, mayShowPrice } from '#modules/catalogue'
import { AreaBoosts } from './area-boosts.ts'
import type { Carrier } from './carrier.ts'
import { CardColumns } from './card-columns.ts'
import { Compositions } from './compositions.ts'
import { Names, Postings, unchain, withRoom } from './growable.ts'
import { Ids } from './ids.ts'
import { headWord, laterWord, Lexicon } from './lexicon.ts'
import { numbersOf, readLabel } from './normalise.ts'
import { Ranking } from './ranking.ts'
import { markOf } from './row-mark.ts'
import type { SearchRow } from './rows.ts'
import { Sequences } from './sequences.ts'
import { StrengthTable } from './strengths.ts'
import { formNamed } from './vocabulary.ts'

const none = -1
const brandWordsMax = 10
const formsMax = 255
// The law's decision takes the three lowest bits.
const flag = { decision: 7, inStock: 8, discontinued: 16, live: 32, hidden: 64 } as const

// By the place of a decision: whether such packs may be shown with price and stock.
const sellable = Uint8Array.from(saleDecisions, one => (mayShowPrice(one) ? 1 : 0))

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
  readonly categories = new Names()
  readonly cards = new CardColumns()
  readonly ids = new Ids()
  count = 0
  /** Another number after every change that may give a typed word another meaning. */
  version = 0
  brand = new Int32Array(0)
  composition = new Int32Array(0)
  strengthList = new Uint32Array(0)
  form = new Uint8Array(0)
  manufacturer = new Uint32Array(0)
  category = new Uint8Array(0)
  pricePaise = new Float64Array(0)
  readonly ranking = new Ranking()
  flags = new Uint8Array(0)
  #mark = new Uint32Array(0)
  firstOfBrand = new Int32Array(0)
  nextOfBrand = new Int32Array(0)
  firstOfComposition = new Int32Array(0)
  nextOfComposition = new Int32Array(0)
  readonly #areas = new AreaBoosts()

  constructor() {
    this.forms.numberOf('')
    this.categories.numberOf('')
    this.compositions.numberOf('')
  }

  /** Adds a medicine, or replaces the one with its id, and answers its ordinal. Searches see it at once. */
  put(row: SearchRow): number {
    let ordinal = this.ids.find(row.id)
    if (ordinal >= 0) this.#unlink(ordinal)
    else ordinal = this.ids.add(row.id)
    this.#makeRoom(ordinal + 1)
    const label = readLabel(row.name)
    const words =
      label.words.length > 0 ? label.words : readLabel(`x ${row.brand ?? row.name}`).words.slice(1)
    this.brand[ordinal] = this.#brandOf(words.slice(0, brandWordsMax))
    this.composition[ordinal] = this.compositions.numberOf(row.composition)
    this.strengthList[ordinal] = this.strengths.listOf(
      numbersOf(label.numbers, row.strengths ?? ''),
    )
    this.form[ordinal] = this.#formOf(row.form, label.form)
    this.manufacturer[ordinal] = this.manufacturers.numberOf(row.manufacturer.trim())
    this.category[ordinal] = this.categories.numberOf(row.category ?? '')
    // Nobody may be shown this price, so nobody may sort or filter by it.
    this.pricePaise[ordinal] = mayShowPrice(row.decision) ? (row.pricePaise ?? none) : none
    const wasInStock = (this.flags[ordinal]! & flag.inStock) !== 0
    const isInStock = row.availablePacks === undefined ? wasInStock : row.availablePacks > 0
    this.flags[ordinal] =
      flag.live |
      Math.max(0, saleDecisions.indexOf(row.decision)) |
      (isInStock ? flag.inStock : 0) |
      (row.isDiscontinued ? flag.discontinued : 0) |
      (row.isOffered === false ? flag.hidden : 0)
    this.cards.put(ordinal, row)
    this.#link(ordinal)
    this.ranking.setListed(ordinal, Number.isFinite(row.popularity) ? row.popularity : 0)
    this.#settlePopularity(ordinal)
    return ordinal
  }

  /** `put`, but what is as it was is left: reading a label costs more than comparing. */
  putChanged(row: SearchRow): number {
    const mark = markOf(row)
    const known = this.ids.find(row.id)
    if (known >= 0 && this.#mark[known] === mark) return known
    const ordinal = this.put(row)
    this.#mark[ordinal] = mark
    return ordinal
  }

  /** After a load. */
  settle(): void {
    this.compositions.forgetTexts()
    this.lexicon.settle()
  }

  /** Forgets a medicine; answers whether it was known. */
  remove(id: string): boolean {
    const ordinal = this.ids.find(id)
    if (ordinal < 0) return false
    this.#unlink(ordinal)
    this.flags[ordinal] = 0
    this.#mark[ordinal] = 0
    this.cards.remove(ordinal)
    this.ids.remove(ordinal)
    this.ranking.setLearned(ordinal, 0)
    this.#areas.remove(ordinal)
    return true
  }

  /** Sets what the shelf could promise of a medicine; false when it is unknown. */
  setShelf(id: string, availablePacks: number, earliestExpiry: string | null): boolean {
    const ordinal = this.ids.find(id)
    if (ordinal < 0) return false
    this.#shelve(ordinal, availablePacks, earliestExpiry)
    return true
  }

  emptyShelf(ordinal: number): void {
    this.#shelve(ordinal, 0, null)
  }

  #shelve(ordinal: number, availablePacks: number, earliestExpiry: string | null): void {
    const others = this.flags[ordinal]! & ~flag.inStock
    this.flags[ordinal] = others | (availablePacks > 0 ? flag.inStock : 0)
    this.ranking.settle(ordinal, this)
    this.cards.setShelf(ordinal, availablePacks, earliestExpiry)
  }

  /** Sets what the law says now of a medicine that is itself as it was. */
  setLaw(ordinal: number, { decision, isOffered }: LawOfKey): void {
    const others = this.flags[ordinal]! & ~(flag.decision | flag.hidden)
    const law = saleDecisions.indexOf(decision) | (isOffered ? 0 : flag.hidden)
    if (this.flags[ordinal] === (others | law)) return
    this.flags[ordinal] = others | law
    this.pricePaise[ordinal] = mayShowPrice(decision) ? this.cards.pricePaise[ordinal]! : none
    this.#mark[ordinal] = 0
    this.ranking.settle(ordinal, this)
  }

  /** Sets what our own orders add to the popularity the catalogue gives; unknown ids are left. */
  setLearned(id: string, learned: number): void {
    const ordinal = this.ids.find(id)
    if (ordinal < 0) return
    this.ranking.setLearned(ordinal, learned)
    this.#settlePopularity(ordinal)
  }

  #settlePopularity(ordinal: number): void {
    this.ranking.settle(ordinal, this)
    this.version += 1
    const head = this.brands.items(this.brand[ordinal]!)[0]
    const value = this.ranking.popularity[ordinal]!
    if (head !== undefined && this.lexicon.popularity[head]! < value)
      this.lexicon.popularity[head] = value
  }

  /** Sets how much a medicine sells in one area (a PIN prefix): added to its popularity there. */
  setAreaPopularity(area: string, id: string, popularity: number): void {
    const ordinal = this.ids.find(id)
    if (ordinal >= 0) this.#areas.set(area, ordinal, popularity)
  }

  /** Forgets what sells where, before it is told anew. */
  forgetAreas(): void {
    this.#areas.forget()
  }

  areaPopularity(area: string | undefined): ReadonlyMap<number, number> | undefined {
    return this.#areas.of(area)
  }

  isInStock = (ordinal: number): boolean =>
    (this.flags[ordinal]! & flag.inStock) !== 0 && sellable[this.decision(ordinal)] === 1
  isDiscontinued = (ordinal: number): boolean => (this.flags[ordinal]! & flag.discontinued) !== 0
  isOffered = (ordinal: number): boolean => (this.flags[ordinal]! & flag.hidden) === 0
  isLive = (ordinal: number): boolean => (this.flags[ordinal]! & flag.live) !== 0
  /** The place of the law's decision in `saleDecisions`. */
  decision = (ordinal: number): number => this.flags[ordinal]! & flag.decision

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
    this.category = withRoom(this.category, length)
    this.pricePaise = withRoom(this.pricePaise, length)
    this.ranking.makeRoom(length)
    this.#mark = withRoom(this.#mark, length)
    this.flags = withRoom(this.flags, length)
    this.nextOfBrand = withRoom(this.nextOfBrand, length)
    this.nextOfComposition = withRoom(this.nextOfComposition, length)
  }

  /**
   * Keeps or restores everything but what sells where, which is read anew. The words must be settled before, and an
   * index that failed to be restored is good for nothing.
   */
  carry(carrier: Carrier): void {
    this.count = carrier.number(this.count)
    this.ids.carry(carrier)
    this.lexicon.carry(carrier)
    this.strengths.carry(carrier)
    this.compositions.carry(carrier)
    this.brands.carry(carrier)
    this.brandsByWord.carry(carrier)
    for (const names of [this.forms, this.manufacturers, this.categories]) names.carry(carrier)
    this.cards.carry(carrier, this.ids.end)
    const { end } = this.ids
    this.brand = carrier.cells(this.brand, end)
    this.composition = carrier.cells(this.composition, end)
    this.strengthList = carrier.cells(this.strengthList, end)
    this.form = carrier.cells(this.form, end)
    this.manufacturer = carrier.cells(this.manufacturer, end)
    this.category = carrier.cells(this.category, end)
    this.pricePaise = carrier.cells(this.pricePaise, end)
    this.flags = carrier.cells(this.flags, end)
    this.#mark = carrier.cells(this.#mark, end)
    this.ranking.carry(carrier, end)
    this.firstOfBrand = carrier.cells(this.firstOfBrand, this.firstOfBrand.length, none)
    this.nextOfBrand = carrier.cells(this.nextOfBrand, end)
    const { length } = this.firstOfComposition
    this.firstOfComposition = carrier.cells(this.firstOfComposition, length, none)
    this.nextOfComposition = carrier.cells(this.nextOfComposition, end)
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
    this.version += 1
  }
}
