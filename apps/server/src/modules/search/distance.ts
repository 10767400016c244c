// How far a typed word is from a name, in typing slips: one plain wrong letter costs 1.
// Damerau's optimal string alignment with cheaper slips where Indian ears or keyboards confuse letters.

export const distanceLettersMax = 40

const letters = 27
const swapCost = new Float32Array(letters * letters).fill(1)
const dropCost = new Float32Array(letters).fill(1)
const index = (letter: string) => letter.charCodeAt(0) - 97

function alike(pairs: string, cost: number): void {
  for (const pair of pairs.split(' ')) {
    const a = index(pair[0] as string)
    const b = index(pair[1] as string)
    swapCost[a * letters + b] = cost
    swapCost[b * letters + a] = cost
  }
}
for (let i = 0; i < letters; i++) swapCost[i * letters + i] = 0
alike('ae ai ao au eo eu io iu', 0.6)
alike('ei ou', 0.4)
alike('vw ck kq', 0.2)
alike('cs sz iy', 0.3)
alike('jz gj jy', 0.4)
alike('fv bv dt mn bp kx sx zx kg', 0.7)
for (const vowel of 'aeiou') dropCost[index(vowel)] = 0.75
dropCost[index('h')] = 0.4

const transposeCost = 0.8
const doubledCost = 0.4
const silentEndCost = 0.3
const firstLetterFactor = 1.35
/** Letters taken for each other by ear cost no more than this, at the start of a word too. */
const soundAlikeMost = 0.45
const silentH = index('h')
const silentE = index('e')
const isVowel = new Uint8Array(letters)
for (const vowel of 'aeiou') isVowel[index(vowel)] = 1

/**
 * `vowels` scales what wrong, missing and added vowels cost; `swaps` is what one letter typed for another costs, so
 * scaled; `strays` what sets of letters cost at least, by their bits.
 */
export type SlipCosts = {
  readonly vowels: number
  readonly swaps: Float32Array
  readonly strays: { readonly low: Float32Array; readonly high: Float32Array }
}

/** The letters of a sound text as bits, for `leastSlips`. */
export function lettersIn(bytes: Uint8Array, start: number, end: number): number {
  let found = 0
  for (let i = start; i < end; i++) found |= 1 << Math.max(0, Math.min(26, bytes[i]! - 97))
  return found
}

/** What a letter costs at least that the other word has nowhere: dropped, or taken for the likeliest other. */
function strayCosts(vowels: number, swaps: Float32Array): Float32Array {
  const least = new Float32Array(letters)
  for (let a = 0; a < letters; a++) {
    const dropped = a === silentE ? silentEndCost : dropCost[a]!
    least[a] = isVowel[a] ? dropped * vowels : dropped
    for (let b = 0; b < letters; b++)
      if (b !== a) least[a] = Math.min(least[a]!, swaps[a * letters + b]!)
  }
  return least
}

const lowLetters = 14
const lowMask = (1 << lowLetters) - 1

/** The sum of the costs of every set of letters: a guess asks for hundreds of sets. */
function sumsOfSets(costs: Float32Array): Float32Array {
  const sums = new Float32Array(1 << costs.length)
  for (let set = 1; set < sums.length; set++)
    sums[set] = sums[set & (set - 1)]! + costs[31 - Math.clz32(set & -set)]!
  return sums
}

function costsAt(vowels: number): SlipCosts {
  const swaps = swapCost.map((cost, pair) =>
    isVowel[Math.floor(pair / letters)] && isVowel[pair % letters] ? cost * vowels : cost,
  )
  const each = strayCosts(vowels, swaps)
  const [low, high] = [each.subarray(0, lowLetters), each.subarray(lowLetters)]
  return { vowels, swaps, strays: { low: sumsOfSets(low), high: sumsOfSets(high) } }
}

export const plainSlips = costsAt(1)
/** A spelling from another script has few of the vowels, and those uncertain. */
export const spelledSlips = costsAt(0.5)

/**
 * No fewer slips than the real distance of two words can have, told from their letters alone. A letter the other word
 * has nowhere is dropped or taken for another, and one slip mends at most one such letter of each word.
 */
export function leastSlips(typed: number, name: number, { strays }: SlipCosts): number {
  return Math.max(strayCost(typed & ~name, strays), strayCost(name & ~typed, strays))
}

const strayCost = (strays: number, { low, high }: SlipCosts['strays']): number =>
  low[strays & lowMask]! + high[strays >>> lowLetters]!

/** Nothing is farther than `most`; whether something is farther than `useful`, and how far then, nobody asks. */
export type SlipLimits = { most: number; useful: number }

/** Letters of one word as numbers, and what each costs to leave out. */
class Letters {
  readonly codes = new Uint8Array(distanceLettersMax)
  readonly gaps = new Float64Array(distanceLettersMax)
  count = 0

  readText(word: string, vowels: number): void {
    this.count = Math.min(word.length, distanceLettersMax)
    for (let i = 0; i < this.count; i++) this.codes[i] = codeOf(word.charCodeAt(i))
    this.#price(vowels)
  }

  readBytes(bytes: Uint8Array, start: number, end: number, vowels: number): void {
    this.count = Math.min(end - start, distanceLettersMax)
    for (let i = 0; i < this.count; i++) this.codes[i] = codeOf(bytes[start + i]!)
    this.#price(vowels)
  }

  #price(vowels: number): void {
    const { codes, gaps, count } = this
    let previous = -1
    for (let i = 0; i < count; i++) {
      const code = codes[i]!
      if (code === previous) gaps[i] = doubledCost
      else {
        const cost = dropCost[code]! * (i === 0 && code !== silentH ? firstLetterFactor : 1)
        gaps[i] = isVowel[code] ? cost * vowels : cost
      }
      previous = code
    }
    const isSilentEnd = previous === silentE && count > 2 && codes[count - 2] !== silentE
    if (isSilentEnd) gaps[count - 1] = silentEndCost
  }
}

const codeOf = (letter: number): number => Math.max(0, Math.min(26, letter - 97))

/**
 * Measures from one typed word to many names, in weighted slips between two sound texts (a-z). Allocates nothing after
 * it was made: a guess measures hundreds of names.
 */
export class SlipMeter {
  readonly #typed = new Letters()
  readonly #name = new Letters()
  #costs = plainSlips
  #before = new Float32Array(distanceLettersMax + 1)
  #above = new Float32Array(distanceLettersMax + 1)
  #row = new Float32Array(distanceLettersMax + 1)

  /** From now on it measures from this word. */
  measureFrom(typed: string, costs: SlipCosts): void {
    this.#costs = costs
    this.#typed.readText(typed, costs.vowels)
  }

  /** Infinity above the limits. */
  to(name: string, limits: SlipLimits): number {
    this.#name.readText(name, this.#costs.vowels)
    return this.#measure(limits)
  }

  /** The same to a name kept as bytes, from `start` to `end`. */
  toBytes(
    { bytes, start, end }: { bytes: Uint8Array; start: number; end: number },
    limits: SlipLimits,
  ): number {
    this.#name.readBytes(bytes, start, end, this.#costs.vowels)
    return this.#measure(limits)
  }

  #measure({ most, useful }: SlipLimits): number {
    const { codes: typed, gaps: typedGaps, count: n } = this.#typed
    const { codes: name, gaps: nameGaps, count: m } = this.#name
    const { swaps } = this.#costs
    let [before, above, row] = [this.#before, this.#above, this.#row]
    above[0] = 0
    for (let j = 1; j <= m; j++) above[j] = above[j - 1]! + nameGaps[j - 1]!
    let leastAbove = 0
    for (let i = 1; i <= n; i++) {
      const gap = typedGaps[i - 1]!
      const a = typed[i - 1]!
      const typedBefore = i > 1 ? typed[i - 2]! : -1
      let least = (row[0] = above[0]! + gap)
      for (let j = 1; j <= m; j++) {
        const b = name[j - 1]!
        let cost = above[j - 1]!
        if (a !== b) {
          const swap = swaps[a * letters + b]!
          const isFirstLetter = i === 1 && j === 1 && swap > soundAlikeMost
          cost += isFirstLetter ? swap * firstLetterFactor : swap
        }
        const dropped = above[j]! + gap
        if (dropped < cost) cost = dropped
        const added = row[j - 1]! + nameGaps[j - 1]!
        if (added < cost) cost = added
        if (typedBefore === b && j > 1 && a === name[j - 2]) {
          const swapped = before[j - 2]! + transposeCost
          if (swapped < cost) cost = swapped
        }
        row[j] = cost
        if (cost < least) least = cost
      }
      if (least > most) return Number.POSITIVE_INFINITY
      // Letters swapped with the next pass over a row: what comes is made of this one or of the one above.
      if (least > useful && leastAbove + transposeCost > useful) return Number.POSITIVE_INFINITY
      leastAbove = least
      ;[before, above, row] = [above, row, before]
    }
    const total = above[m]!
    return total <= most ? total : Number.POSITIVE_INFINITY
  }
}

const meter = new SlipMeter()

/** Weighted slips between two sound texts (a-z), or Infinity above `limit`. */
export function slips(typed: string, name: string, limit: number, costs: SlipCosts): number {
  meter.measureFrom(typed, costs)
  return meter.to(name, { most: limit, useful: limit })
}
