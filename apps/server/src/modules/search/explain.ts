// Why a medicine was found: which of its words met each typed word, and which of that was a guess.
import type { MedicineIndex } from './medicine-index.ts'
import type { TypedWord } from './normalise.ts'
import type { Candidate } from './resolve.ts'
import type { WordMatch } from './rows.ts'

export const isGuessed = (match: Pick<WordMatch, 'by'>): boolean =>
  match.by === 'similar' || match.by === 'sound'

/** Explains the medicines of one page; `resolved` are the candidates of each typed word. */
export class Explainer {
  readonly #index: MedicineIndex
  readonly #words: TypedWord[]
  readonly #found: Map<number, Candidate>[]

  constructor(index: MedicineIndex, words: TypedWord[], resolved: (readonly Candidate[])[]) {
    this.#index = index
    this.#words = words
    this.#found = resolved.map(candidates => {
      const best = new Map<number, Candidate>()
      for (const candidate of candidates)
        if (!best.has(candidate.word)) best.set(candidate.word, candidate)
      return best
    })
  }

  why(ordinal: number): WordMatch[] {
    const index = this.#index
    const brand = index.brands.items(index.brand[ordinal]!)
    const salts: number[] = []
    const parts = index.compositions.parts.items(index.composition[ordinal]!)
    for (let i = 0; i < parts.length; i += 2)
      salts.push(...index.compositions.salts.items(parts[i]!))
    const why: WordMatch[] = []
    this.#words.forEach((word, i) => {
      const inBrand = this.#best(i, brand)
      const inSalts = this.#best(i, salts)
      const isBrand = inBrand && (!inSalts || inBrand.worth >= inSalts.worth)
      const match = isBrand ? inBrand : inSalts
      if (!match) return
      const matched = index.lexicon.text(match.word)
      why.push({ typed: word.typed, matched, by: match.by, in: isBrand ? 'brand' : 'salt' })
    })
    return why
  }

  #best(i: number, words: Iterable<number>): Candidate | undefined {
    let best: Candidate | undefined
    for (const word of words) {
      const candidate = this.#found[i]?.get(word)
      if (candidate && (!best || candidate.worth > best.worth)) best = candidate
    }
    return best
  }
}
