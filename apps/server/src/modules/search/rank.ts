// What each medicine found is worth in the order of the answer, and what it is not of what was typed.
import type { MedicineIndex } from './medicine-index.ts'
import type { TypedNumber, TypedQuery } from './normalise.ts'
import { numberMatch } from './strengths.ts'
import { formMatch, matchForm } from './vocabulary.ts'
import * as weights from './weights.ts'

const numberWorths = [
  weights.numberWorth.none,
  weights.numberWorth.pack,
  weights.numberWorth.later,
  weights.numberWorth.first,
]
const unread = -1

/** Reads strengths and forms once a query for each distinct list, not once a medicine. */
export class Ranker {
  readonly #index: MedicineIndex
  readonly #query: TypedQuery
  readonly #area: ReadonlyMap<number, number> | undefined
  readonly #wholeName: number
  readonly #nameMark: Uint32Array
  readonly #standing: Float32Array
  readonly #lists: Int8Array
  readonly #compositions: Int8Array
  readonly #forms: Uint8Array

  constructor(
    index: MedicineIndex,
    query: TypedQuery,
    { wholeName, area }: { wholeName: number; area: string | undefined },
  ) {
    this.#index = index
    this.#query = query
    this.#area = index.areaPopularity(area)
    this.#wholeName = wholeName
    this.#nameMark = index.cards.nameMark
    this.#standing = index.ranking.standing
    const isNumbered = query.numbers.length > 0
    const { strengths, compositions, forms } = index
    this.#lists = new Int8Array(isNumbered ? strengths.lists.count * query.numbers.length : 0)
    this.#lists.fill(unread)
    this.#compositions = new Int8Array(
      isNumbered ? compositions.parts.count * query.numbers.length : 0,
    )
    this.#compositions.fill(unread)
    // Asked about only where a form was typed.
    this.#forms = Uint8Array.from(query.forms.length > 0 ? forms.texts : [], form =>
      Math.max(0, ...query.forms.map(asked => matchForm(asked, form))),
    )
  }

  /** True when the medicine has the typed strength, in its name or as a strength of a salt. */
  hasStrengths(ordinal: number): boolean {
    return this.#query.numbers.every((_, i) => {
      const inName = this.#inName(ordinal, i)
      return inName !== numberMatch.none || this.#inComposition(ordinal, i)
    })
  }

  hasForm(ordinal: number): boolean {
    return (
      this.#query.forms.length === 0 || this.#forms[this.#index.form[ordinal]!]! > formMatch.other
    )
  }

  /** Strength and form the customer typed that this medicine does not have, or is not known to have. */
  differs(ordinal: number): ('strength' | 'form')[] {
    const list: ('strength' | 'form')[] = []
    if (!this.hasStrengths(ordinal)) list.push('strength')
    if (!this.hasForm(ordinal)) list.push('form')
    return list
  }

  score(ordinal: number, worth: number): number {
    const named = this.#nameMark[ordinal] === this.#wholeName ? weights.wholeName : 0
    const standing = this.#standing[ordinal]!
    const score = worth + named + this.#numbersWorth(ordinal) + this.#formWorth(ordinal) + standing
    const local = this.#area?.get(ordinal)
    if (local === undefined) return score
    const { popularity, popularityScore } = this.#index.ranking
    const known = weights.popularityScore(popularity[ordinal]! + local)
    return score - popularityScore[ordinal]! + known
  }

  #numbersWorth(ordinal: number): number {
    let worth = 0
    for (let i = 0; i < this.#query.numbers.length; i++) {
      const inName = this.#inName(ordinal, i)
      const isInSalts = inName < numberMatch.later && this.#inComposition(ordinal, i)
      worth += isInSalts ? weights.numberWorth.salt : (numberWorths[inName] as number)
    }
    return worth
  }

  #formWorth(ordinal: number): number {
    if (this.#query.forms.length === 0) return 0
    const form = this.#index.form[ordinal]!
    if (this.#forms[form] === formMatch.same) return weights.formWorth.same
    if (this.#forms[form] === formMatch.kin) return weights.formWorth.kin
    return form === 0 ? weights.formWorth.unknown : weights.formWorth.other
  }

  #inName(ordinal: number, i: number): number {
    const list = this.#index.strengthList[ordinal]!
    const cell = list * this.#query.numbers.length + i
    if (this.#lists[cell] === unread)
      this.#lists[cell] = this.#index.strengths.match(this.#query.numbers[i] as TypedNumber, list)
    return this.#lists[cell]!
  }

  #inComposition(ordinal: number, i: number): boolean {
    const composition = this.#index.composition[ordinal]!
    const cell = composition * this.#query.numbers.length + i
    if (this.#compositions[cell] === unread) {
      const parts = this.#index.compositions.parts.items(composition)
      let isFound = 0
      for (let part = 1; part < parts.length; part += 2) {
        const strength = parts[part]!
        const number = this.#query.numbers[i] as TypedNumber
        if (strength > 0 && this.#index.strengths.isSame(number, strength - 1)) isFound = 1
      }
      this.#compositions[cell] = isFound
    }
    return this.#compositions[cell] === 1
  }
}

/** A page's place in the order: score first (higher is better), then ordinal (lower is better). */
export type Ranked = { ordinal: number; score: number; key: number; place: number }

/** Where a page begins: behind this place in the order, without the packs that were shown before theirs. */
export type PageStart = { key: number; ordinal: number; shown: ReadonlySet<number> }

/** The best `limit` of what is offered that come after `after`, kept in order. */
export class Page {
  readonly items: Ranked[] = []
  readonly #limit: number
  readonly #after: PageStart | undefined

  constructor(limit: number, after: PageStart | undefined) {
    this.#limit = limit
    this.#after = after
  }

  offer(ordinal: number, score: number, key: number, place: number): void {
    const { items } = this
    const after = this.#after
    if (after && (key > after.key || (key === after.key && ordinal <= after.ordinal))) return
    const last = items.at(-1)
    const isFull = items.length >= this.#limit
    if (isFull && last && (key < last.key || (key === last.key && ordinal > last.ordinal))) return
    if (after?.shown.has(ordinal)) return
    let i = items.length
    while (i > 0) {
      const other = items[i - 1] as Ranked
      if (other.key > key || (other.key === key && other.ordinal < ordinal)) break
      i -= 1
    }
    items.splice(i, 0, { ordinal, score, key, place })
    if (items.length > this.#limit) items.pop()
  }
}
