// Words by the neighbouring letter pairs of their sound: which sound alike is found by counting the pairs they share.
// Some tens of thousands of cells are read for every guess, so counts and candidates are kept in arrays made once.
import type { Carrier } from './carrier.ts'
import { pairsCount, pairsOf, soundKey, soundKeyOf } from './phonetic.ts'

const matchesMax = 320
const likest = 100
const likenessLeast = 40
/** A share of the pairs below which nothing is a candidate. */
const sharedLeast = 0.34
// Likeness and word fit one unsigned cell together.
const wordsMax = 2 ** 25

export class SoundPairs {
  /** Where the words of each pair begin in `#words`. */
  #start = new Uint32Array(pairsCount + 1)
  #words = new Uint32Array(0)
  /** How many pairs each word has. */
  #totals = new Uint8Array(0)
  #likeness = new Uint8Array(0)
  #candidates = new Uint32Array(0)
  readonly #counts = new Uint32Array(likest + 1)

  /** Keeps the words anew, each as its sound text; its place is its number. */
  settle(sounds: readonly string[]): void {
    const pairs = sounds.map(sound => pairsOf(soundKeyOf(sound)))
    this.#totals = Uint8Array.from(pairs, list => list.length)
    const start = new Uint32Array(pairsCount + 1)
    for (const list of pairs) for (const pair of list) start[pair + 1] = start[pair + 1]! + 1
    for (let pair = 0; pair < pairsCount; pair++) start[pair + 1] = start[pair + 1]! + start[pair]!
    const fill = start.slice()
    this.#words = new Uint32Array(start[pairsCount]!)
    pairs.forEach((list, word) => {
      for (const pair of list) {
        this.#words[fill[pair]!] = word
        fill[pair] = fill[pair]! + 1
      }
    })
    this.#start = start
    this.#makeRoom()
  }

  /**
   * Words that share the most pairs with `text`, the likest first and of those alike the first added: a few hundred,
   * none whose likeness (of 100) is under 40. The caller measures the real distance.
   */
  likest(text: string): number[] {
    const pairs = pairsOf(soundKey(text))
    const count = this.#gather(pairs)
    const least = this.#weigh(count, pairs.length)
    const [candidates, ranks] = [this.#candidates, this.#likeness]
    let kept = 0
    // Both in one number, so that sorting is cheap; written over candidates that were read before.
    for (let at = 0; at < count; at++) {
      const word = candidates[at]!
      const likeness = ranks[word]!
      if (likeness >= least) candidates[kept++] = (likest - likeness) * wordsMax + word
    }
    const ranked = candidates.subarray(0, kept).sort()
    const found: number[] = []
    for (let at = 0; at < kept; at++) found.push(ranked[at]! % wordsMax)
    return found
  }

  /** Puts words that share at least a third of the pairs among the candidates; answers how many. */
  #gather(pairs: readonly number[]): number {
    const least = Math.max(2, Math.ceil(pairs.length * sharedLeast))
    const shared = this.#likeness.fill(0)
    const [start, words, candidates] = [this.#start, this.#words, this.#candidates]
    // The first have nothing to be added to, so the commonest pair comes first.
    const [commonest = 0, ...others] = commonestFirst(pairs, start)
    for (let i = start[commonest]!; i < start[commonest + 1]!; i++) shared[words[i]!] = 1
    let count = 0
    for (const pair of others) {
      const end = start[pair + 1]!
      for (let i = start[pair]!; i < end; i++) {
        const word = words[i]!
        const common = shared[word]! + 1
        shared[word] = common
        if (common === least) candidates[count++] = word
      }
    }
    return count
  }

  /** Turns the pairs each candidate shares into its likeness; answers the least that is asked of a match. */
  #weigh(count: number, pairs: number): number {
    const [likeness, totals, counts] = [this.#likeness, this.#totals, this.#counts]
    counts.fill(0)
    for (let at = 0; at < count; at++) {
      const word = this.#candidates[at]!
      const alike = Math.floor((200 * likeness[word]!) / (pairs + totals[word]!))
      likeness[word] = alike
      counts[alike] = counts[alike]! + 1
    }
    let least = likest
    let reached = counts[least]!
    while (least > likenessLeast && reached < matchesMax) reached += counts[--least]!
    return least
  }

  #makeRoom(): void {
    this.#likeness = new Uint8Array(this.#totals.length)
    this.#candidates = new Uint32Array(this.#totals.length)
  }

  carry(carrier: Carrier): void {
    this.#start = carrier.whole(this.#start)
    this.#words = carrier.whole(this.#words)
    this.#totals = carrier.whole(this.#totals)
    this.#makeRoom()
  }
}

function commonestFirst(pairs: readonly number[], start: Uint32Array): number[] {
  const common = (pair: number) => start[pair + 1]! - start[pair]!
  const commonest = pairs.reduce((most, pair) => (common(pair) > common(most) ? pair : most))
  return [commonest, ...pairs.filter(pair => pair !== commonest)]
}
