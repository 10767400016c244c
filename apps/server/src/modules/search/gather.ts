// Which medicines have the words: brands and compositions are marked first, then their medicines read.
import { withRoom } from './growable.ts'
import type { MedicineIndex } from './medicine-index.ts'
import type { Candidate } from './resolve.ts'
import * as weights from './weights.ts'

/**
 * Candidates of each word, with the share of the name the word is (its letters). `begins` are the
 * first letters of a word barely typed, looked for only where the other words were found;
 * `isHeadOnly` counts only brands that begin with the word.
 */
export type WordCandidates = {
  candidates: readonly Candidate[]
  share: number
  begins?: string
  isHeadOnly?: boolean
}

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

const coverWorth = 20
const begunBrandsMax = 3000

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
  gather(words: WordCandidates[], isNumbered: boolean): Gathered {
    this.#clear()
    for (const [i, word] of words.entries()) {
      for (const candidate of word.candidates) this.#mark(candidate, i, word, words.length)
      if (word.begins !== undefined) this.#markBegun(word.begins, 1 << i, word.share)
    }
    this.#settleExtras(isNumbered)
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

  #mark(candidate: Candidate, i: number, of: WordCandidates, words: number): void {
    const { brandsByWord, compositions } = this.#index
    const bit = 1 << i
    const worth = candidate.worth * of.share
    for (let e = brandsByWord.firstOf(candidate.word); e !== -1; e = brandsByWord.next[e]!) {
      const entry = brandsByWord.value[e]!
      const isHead = (entry & 1) === 1
      if (of.isHeadOnly && !isHead) continue
      // One word alone must begin the brand to count in full; "sp" after "zerodol" need not.
      const place = isHead || (words > 1 && i > 0) ? 1 : weights.laterWordShare
      this.#markBrand(entry >> 1, bit, worth * place)
    }
    if (of.isHeadOnly) return
    const { byWord } = compositions
    for (let e = byWord.firstOf(candidate.word); e !== -1; e = byWord.next[e]!)
      this.#markComposition(byWord.value[e]!, bit, worth * weights.saltShare)
  }

  #markBegun(letters: string, bit: number, share: number): void {
    const { lexicon, brands } = this.#index
    const worth = (weights.wordWorth - weights.finishCost(letters.length, 2)) * share
    for (const brand of this.#brands.slice(0, begunBrandsMax))
      if (brands.items(brand).some((word, i) => i > 0 && lexicon.text(word).startsWith(letters)))
        this.#markBrand(brand, bit, worth)
  }

  #markBrand(brand: number, bit: number, worth: number): void {
    const cover = this.brandCover[brand]!
    if (cover & bit) return
    if (cover === 0) {
      this.#brands.push(brand)
      this.#brandWorth[brand] = 0
    }
    this.brandCover[brand] = cover | bit
    this.#brandWorth[brand] = this.#brandWorth[brand]! + worth
  }

  #markComposition(composition: number, bit: number, worth: number): void {
    const cover = this.compositionCover[composition]!
    if (cover & bit) return
    if (cover === 0) {
      this.#compositions.push(composition)
      this.#compositionWorth[composition] = 0
    }
    this.compositionCover[composition] = cover | bit
    this.#compositionWorth[composition] = this.#compositionWorth[composition]! + worth
  }

  /** Takes off for words of the name, or salts, that were not asked for: the plain one comes first. */
  #settleExtras(isNumbered: boolean): void {
    const { brands, compositions } = this.#index
    const { usual, withNumber } = weights.extraBrandWordCost
    const wordCost = isNumbered ? withNumber : usual
    for (const brand of this.#brands) {
      const extra = brands.length(brand) - bits(this.brandCover[brand]!)
      const cost = Math.max(0, Math.min(extra, 4)) * wordCost
      this.#brandWorth[brand] = this.#brandWorth[brand]! - cost
    }
    for (const composition of this.#compositions) {
      const salts = compositions.parts.length(composition) / 2
      const extra = salts - bits(this.compositionCover[composition]!)
      const cost = Math.max(0, Math.min(extra, 6)) * weights.extraSaltCost
      this.#compositionWorth[composition] = this.#compositionWorth[composition]! - cost
    }
  }

  #readBrand(brand: number): void {
    const { firstOfBrand, nextOfBrand, composition } = this.#index
    if (brand >= firstOfBrand.length) return
    const cover = this.brandCover[brand]!
    const worth = this.#brandWorth[brand]!
    for (let p = firstOfBrand[brand]!; p !== -1; p = nextOfBrand[p]!) {
      const salts = composition[p]!
      const other = this.compositionCover[salts]!
      const extra = other & ~cover
      if (other === 0) this.#add(p, worth, cover)
      else if (extra === 0)
        this.#add(p, Math.max(worth, cover === other ? this.#compositionWorth[salts]! : 0), cover)
      else {
        const part = (this.#compositionWorth[salts]! * bits(extra)) / bits(other)
        this.#add(p, worth + part, cover | other)
      }
    }
  }

  #readComposition(composition: number): void {
    const { firstOfComposition, nextOfComposition, brand } = this.#index
    if (composition >= firstOfComposition.length) return
    const cover = this.compositionCover[composition]!
    const worth = this.#compositionWorth[composition]!
    for (let p = firstOfComposition[composition]!; p !== -1; p = nextOfComposition[p]!)
      if (this.brandCover[brand[p]!]! === 0) this.#add(p, worth, cover)
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
    const shares = coverShares(words)
    const { popularityScore } = this.#index.ranking
    found.bestCover = 0
    let best = 0
    for (let i = 0; i < found.count; i++) {
      // The words come first: half the name, however popular, is not the name.
      const covered = shares[found.covers[i]!]! * coverWorth
      const score = covered + found.worths[i]! + popularityScore[found.ordinals[i]!]!
      if (score <= best) continue
      best = score
      found.bestCover = found.covers[i]!
    }
    found.topScore = best
  }
}

/** Share of the typed letters by cover: one cell for each set of words. */
function coverShares(words: WordCandidates[]): Float32Array {
  const shares = new Float32Array(1 << words.length)
  for (let cover = 1; cover < shares.length; cover++)
    for (let i = 0; i < words.length; i++)
      if (cover & (1 << i)) shares[cover] = shares[cover]! + (words[i] as WordCandidates).share
  return shares
}

/** Count of the bits set. */
export function bits(cover: number): number {
  let count = 0
  for (let rest = cover; rest !== 0; rest &= rest - 1) count += 1
  return count
}
