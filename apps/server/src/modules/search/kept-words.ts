// What typed words may mean, kept until the catalogue changes. Guessing is most of a search's work, and a word comes
// again with every parting of a query, every page, filter and sorting of its answer, and from the next customer.
import type { MedicineIndex } from './medicine-index.ts'
import type { TypedWord } from './normalise.ts'
import { type Candidate, resolveWord } from './resolve.ts'

const keptMax = 2_000
/** A few letters begin thousands of words and are quickly looked up: those are not kept. */
const candidatesMax = 64

export class KeptWords {
  readonly #index: MedicineIndex
  readonly #kept = new Map<string, readonly Candidate[]>()
  #version = -1

  constructor(index: MedicineIndex) {
    this.#index = index
  }

  /** As `resolveWord`, whose answer is shared: nobody may change it. */
  resolve(word: TypedWord, place: { isOpen: boolean; isFirst: boolean }): readonly Candidate[] {
    const { version, lexicon } = this.#index
    if (version !== this.#version) {
      this.#kept.clear()
      this.#version = version
    }
    const { text, spelled = '', isIndic } = word
    const key = `${text} ${spelled} ${isIndic} ${place.isOpen} ${place.isFirst}`
    const known = this.#kept.get(key)
    if (known) return known
    const candidates = resolveWord(lexicon, word, place)
    if (candidates.length > candidatesMax) return candidates
    if (this.#kept.size >= keptMax) this.#kept.delete(this.#kept.keys().next().value as string)
    this.#kept.set(key, candidates)
    return candidates
  }
}
