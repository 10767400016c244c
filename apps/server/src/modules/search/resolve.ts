// One typed word to the catalogue words it may mean, best first, each with what the match is worth.
import { plainSlips, SlipMeter, spelledSlips } from './distance.ts'
import { headWord, laterWord, type Lexicon, saltWord, soundOf } from './lexicon.ts'
import type { TypedWord } from './normalise.ts'
import type { WordMatch } from './rows.ts'
import { oneSlipAway } from './one-slip.ts'
import * as weights from './weights.ts'

export const shortWordLetters = 2
const guessesMax = 12
const guessWindow = 3.5
// Distances are summed in single precision.
const roundingMost = 1e-3
const prefixWordsMax = 20_000
// One or two letters start thousands of words; the best known few hundred fill any page.
const startingWordsMax = 250
const commonSaltMedicines = 30
const knownBrandPopularity = 20

export type Candidate = { word: number; worth: number; by: WordMatch['by'] }

/** A salt in many medicines weighs like a well-known brand. */
export function fame(lexicon: Lexicon, word: number): number {
  const popularity = lexicon.popularity[word]!
  const medicines = lexicon.saltMedicines[word]!
  return medicines === 0
    ? popularity
    : Math.max(popularity, Math.min(120, 8 * Math.sqrt(medicines)))
}

/**
 * Candidates for a word, best first. `isOpen` when more letters may follow, `isFirst` when it is
 * the word a brand would begin with. A word typed exactly as a known name is never guessed away.
 */
export function resolveWord(
  lexicon: Lexicon,
  typed: TypedWord,
  place: { isOpen: boolean; isFirst: boolean },
): Candidate[] {
  const found: Candidate[] = []
  // One or two letters begin too many words: then only brands that begin so.
  const roles =
    typed.text.length <= shortWordLetters && place.isFirst
      ? headWord
      : headWord | saltWord | laterWord
  const exact = lexicon.find(typed.text)
  if (typed.isIndic) {
    const letters = typed.spelled === undefined ? -1 : lexicon.find(typed.spelled)
    if (letters !== -1) found.push({ word: letters, worth: weights.wordWorth - 0.3, by: 'sound' })
  } else if (exact !== -1) found.push({ word: exact, worth: weights.wordWorth, by: 'exact' })
  // A later word barely begun is looked for only in the brands found (see Gatherer).
  const isBegun = place.isFirst || typed.text.length > shortWordLetters
  if (place.isOpen && isBegun && !typed.isIndic) addPrefixed(lexicon, typed.text, roles, found)
  const isSure = exact !== -1 && !typed.isIndic && isKnown(lexicon, exact, place.isFirst)
  if (!isSure) addGuesses(lexicon, typed, exact, found)
  return found.sort((a, b) => b.worth - a.worth)
}

function isKnown(lexicon: Lexicon, word: number, isFirst: boolean): boolean {
  if (!isFirst) return true
  if (lexicon.saltMedicines[word]! >= commonSaltMedicines) return true
  return lexicon.popularity[word]! >= knownBrandPopularity
}

function addPrefixed(lexicon: Lexicon, text: string, roles: number, found: Candidate[]): void {
  let words = lexicon.beginningWith(text, roles)
  if (text.length <= shortWordLetters && words.length > startingWordsMax) {
    words.sort((a, b) => lexicon.popularity[b]! - lexicon.popularity[a]!)
    words = words.slice(0, startingWordsMax)
  }
  const count = Math.min(words.length, prefixWordsMax)
  for (let i = 0; i < count; i++) {
    const word = words[i] as number
    const missing = lexicon.length(word) - text.length
    const cost = weights.finishCost(text.length, missing)
    found.push({ word, worth: weights.wordWorth - cost, by: 'prefix' })
  }
}

const none: ReadonlySet<number> = new Set()

type Guess = Candidate & { likelihood: number }

/** What every guess for one typed word is judged by. */
type Guessing = {
  typed: TypedWord
  exact: number
  isNameTyped: boolean
  /** What a slip costs in a word of this length. */
  factor: number
}

function addGuesses(lexicon: Lexicon, typed: TypedWord, exact: number, found: Candidate[]): void {
  const isNameTyped =
    exact !== -1 && !typed.isIndic && (lexicon.roles[exact]! & (headWord | saltWord)) !== 0
  const factor = weights.slipWorth * weights.slipFactor(typed.text.length)
  const guesses = guess(lexicon, { typed, exact, isNameTyped, factor })
  guesses.sort((a, b) => b.likelihood - a.likelihood)
  const likely = (guesses[0]?.likelihood ?? 0) - guessWindow
  for (const { word, worth, by, likelihood } of guesses.slice(0, guessesMax))
    if (likelihood >= likely) found.push({ word, worth, by })
}

const bySound = new SlipMeter()
const byLetters = new SlipMeter()

/**
 * Words near enough to be meant. Those too far, or too little known, to be within the window of the likeliest one found
 * before them are left out, most of them without being measured.
 */
function guess(lexicon: Lexicon, { typed, exact, isNameTyped, factor }: Guessing): Guess[] {
  const { text, isIndic } = typed
  const sound = soundOf(text)
  const limit = weights.slipLimit(text.length) * (isIndic ? 1.2 : 1)
  const famousLimit = Math.max(limit, text.length > shortWordLetters ? weights.famousSlipLimit : 0)
  const costs = isIndic ? spelledSlips : plainSlips
  const leastKnown = leastFame(lexicon, exact, isNameTyped)
  const besideExact = isNameTyped ? weights.besideExactCost : 0
  bySound.measureFrom(sound.text, costs)
  byLetters.measureFrom(text, costs)
  const limits = { most: 0, useful: 0 }
  const found: Guess[] = []
  let likely = Number.NEGATIVE_INFINITY
  const look = (word: number, isNear: boolean) => {
    const known = fame(lexicon, word)
    if (known < leastKnown || (word === exact && !isIndic)) return
    // Spellings of one sound are still two spellings: the letters break the tie.
    const spelling = word === exact ? 0 : weights.respelledCost * (isIndic ? 0.1 : 1)
    const score = weights.popularityScore(known)
    limits.most = known >= weights.famous ? famousLimit : limit
    limits.useful = (score - spelling - besideExact - likely) / factor + roundingMost
    const least = isNear ? 0 : lexicon.slipsToAtLeast(word, sound.letters, costs) - roundingMost
    if (least > limits.most || least > limits.useful) return
    let away = lexicon.slipsTo(word, bySound, limits)
    // A slip can make another sound of two letters ("dloo"): then the letters are nearer than the sounds.
    if (isNear) away = Math.min(away, byLetters.to(lexicon.text(word), limits))
    if (away === Number.POSITIVE_INFINITY) return
    const cost = away * factor + spelling + besideExact
    const likelihood = score - cost
    likely = Math.max(likely, likelihood - guessWindow)
    found.push({
      word,
      worth: weights.wordWorth - cost - weights.unknownCost(known),
      by: away <= 0.45 ? 'sound' : 'similar',
      likelihood,
    })
  }
  const near = isIndic || text.length <= shortWordLetters ? none : oneSlipAway(lexicon, text)
  for (const word of near) look(word, true)
  for (const word of lexicon.soundingLike(text)) if (!near.has(word)) look(word, false)
  return found
}

/** A name typed as it is on the list is only doubted for a much better known one. */
function leastFame(lexicon: Lexicon, exact: number, isNameTyped: boolean): number {
  if (!isNameTyped) return 0
  return Math.max(weights.besideExactPopularity, 2 * lexicon.popularity[exact]!)
}
