// Which medicines have the words: brands and compositions are marked first, then their medicines read.
import { at, withRoom } from './search-growable.ts'
import type { MedicineIndex } from './search-index.ts'
import type { Candidate } from './search-resolve.ts'
import * as weights from './search-weights.ts'

/** Candidates of each word, with the share of the name the word is (its letters). */
export type WordCandidates = { candidates: Candidate[]; share: number }

/** Medicines found, in no order: ordinal, what their words are worth, and which words they have. */
export type Gathered = {
  ordinals: Int32Array
  worths: Float32Array
  covers: Uint16Array
  count: number
  /** Cover of the best medicine: the words an answer must have. */
  bestCover: number
  topScore: number
}

export class Gatherer {
  readonly #index: MedicineIndex
  brandCover = new Uint16Array(0)
  compositionCover = new Uint16Array(0)
  #brandWorth = new Float32Array(0)
  #compositionWorth = new Float32Array(0)
  #brands: number[] = []
  #compositions: number[] = []
  readonly #found: Gathered = {
    ordinals: new Int32Array(0),
    worths: new Float32Array(0),
    covers: new Uint16Array(0),
    count: 0,
    bestCover: 0,
    topScore: 0,
  }

  constructor(index: MedicineIndex) {
    this.#index = index
  }

  /** Marks and reads every medicine with any of the words. The answer is reused by the next call. */
  gather(words: WordCandidates[]): Gathered {
    this.#clear()
    for (const [i, { candidates, share }] of words.entries())
      for (const candidate of candidates) this.#mark(candidate, i, share, words.length)
    this.#settleExtras()
    this.#found.count = 0
    for (const brand of this.#brands) this.#readBrand(brand)
    for (const composition of this.#compositions) this.#readComposition(composition)
    this.#chooseCover(words)
    return this.#found
  }

  #clear(): void {
    for (const brand of this.#brands) this.brandCover[brand] = 0
    for (const composition of this.#compositions) this.compositionCover[composition] = 0
    this.#brands = []
    this.#compositions = []
    const { brands, compositions } = this.#index
    this.brandCover = withRoom(this.brandCover, brands.count)
    this.#brandWorth = withRoom(this.#brandWorth, brands.count)
    this.compositionCover = withRoom(this.compositionCover, compositions.parts.count)
    this.#compositionWorth = withRoom(this.#compositionWorth, compositions.parts.count)
  }

  #mark(candidate: Candidate, i: number, share: number, words: number): void {
    const { brandsByWord, compositions } = this.#index
    const bit = 1 << i
    for (let e = brandsByWord.firstOf(candidate.word); e !== -1; e = at(brandsByWord.next, e)) {
      const entry = at(brandsByWord.value, e)
      const isHead = (entry & 1) === 1
      // One word alone must begin the brand to count in full; "sp" after "zerodol" need not.
      const place = isHead || (words > 1 && i > 0) ? 1 : weights.laterWordShare
      this.#markBrand(entry >> 1, bit, candidate.worth * share * place)
    }
    const { byWord } = compositions
    for (let e = byWord.firstOf(candidate.word); e !== -1; e = at(byWord.next, e))
      this.#markComposition(at(byWord.value, e), bit, candidate.worth * share * weights.saltShare)
  }

  #markBrand(brand: number, bit: number, worth: number): void {
    const cover = at(this.brandCover, brand)
    if (cover & bit) return
    if (cover === 0) {
      this.#brands.push(brand)
      this.#brandWorth[brand] = 0
    }
    this.brandCover[brand] = cover | bit
    this.#brandWorth[brand] = at(this.#brandWorth, brand) + worth
  }

  #markComposition(composition: number, bit: number, worth: number): void {
    const cover = at(this.compositionCover, composition)
    if (cover & bit) return
    if (cover === 0) {
      this.#compositions.push(composition)
      this.#compositionWorth[composition] = 0
    }
    this.compositionCover[composition] = cover | bit
    this.#compositionWorth[composition] = at(this.#compositionWorth, composition) + worth
  }

  /** Takes off for words of the name, or salts, that were not asked for: the plain one comes first. */
  #settleExtras(): void {
    const { brands, compositions } = this.#index
    for (const brand of this.#brands) {
      const extra = brands.length(brand) - bits(at(this.brandCover, brand))
      const cost = Math.max(0, Math.min(extra, 4)) * weights.extraBrandWordCost
      this.#brandWorth[brand] = at(this.#brandWorth, brand) - cost
    }
    for (const composition of this.#compositions) {
      const salts = compositions.parts.length(composition) / 2
      const extra = salts - bits(at(this.compositionCover, composition))
      const cost = Math.max(0, Math.min(extra, 6)) * weights.extraSaltCost
      this.#compositionWorth[composition] = at(this.#compositionWorth, composition) - cost
    }
  }

  #readBrand(brand: number): void {
    const { firstOfBrand, nextOfBrand, composition } = this.#index
    if (brand >= firstOfBrand.length) return
    const cover = at(this.brandCover, brand)
    const worth = at(this.#brandWorth, brand)
    for (let p = at(firstOfBrand, brand); p !== -1; p = at(nextOfBrand, p)) {
      const salts = at(composition, p)
      const other = at(this.compositionCover, salts)
      const extra = other & ~cover
      if (other === 0) this.#add(p, worth, cover)
      else if (extra === 0)
        this.#add(
          p,
          Math.max(worth, cover === other ? at(this.#compositionWorth, salts) : 0),
          cover,
        )
      else {
        const part = (at(this.#compositionWorth, salts) * bits(extra)) / bits(other)
        this.#add(p, worth + part, cover | other)
      }
    }
  }

  #readComposition(composition: number): void {
    const { firstOfComposition, nextOfComposition, brand } = this.#index
    if (composition >= firstOfComposition.length) return
    const cover = at(this.compositionCover, composition)
    const worth = at(this.#compositionWorth, composition)
    for (let p = at(firstOfComposition, composition); p !== -1; p = at(nextOfComposition, p))
      if (at(this.brandCover, at(brand, p)) === 0) this.#add(p, worth, cover)
  }

  #add(ordinal: number, worth: number, cover: number): void {
    const found = this.#found
    if (found.count >= found.ordinals.length) {
      found.ordinals = withRoom(found.ordinals, found.count + 1024)
      found.worths = withRoom(found.worths, found.count + 1024)
      found.covers = withRoom(found.covers, found.count + 1024)
    }
    found.ordinals[found.count] = ordinal
    found.worths[found.count] = worth
    found.covers[found.count] = cover
    found.count += 1
  }

  #chooseCover(words: WordCandidates[]): void {
    const found = this.#found
    found.bestCover = 0
    found.topScore = 0
    let best = 0
    for (let i = 0; i < found.count; i++) {
      const covered = coverShare(words, at(found.covers, i))
      const popularity = weights.popularityScore(at(this.#index.popularity, at(found.ordinals, i)))
      // The words come first: half the name, however popular, is not the name.
      const score = covered * 20 + at(found.worths, i) + popularity
      if (score <= best) continue
      best = score
      found.bestCover = at(found.covers, i)
    }
    found.topScore = best
  }
}

function coverShare(words: WordCandidates[], cover: number): number {
  let share = 0
  for (let i = 0; i < words.length; i++)
    if (cover & (1 << i)) share += (words[i] as WordCandidates).share
  return share
}

/** Count of the bits set. */
export function bits(cover: number): number {
  let count = 0
  for (let rest = cover; rest !== 0; rest &= rest - 1) count += 1
  return count
}
