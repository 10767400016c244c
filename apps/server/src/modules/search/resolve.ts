// One typed word to the catalogue words it may mean, best first, each with what the match is worth.
import { plainSlips, slips, spelledSlips } from './distance.ts'
import { headWord, laterWord, type Lexicon, saltWord, soundOf } from './lexicon.ts'
import type { TypedWord } from './normalise.ts'
import type { WordMatch } from './rows.ts'
import { oneSlipAway } from './one-slip.ts'
import * as weights from './weights.ts'

export const shortWordLetters = 2
const guessesMax = 12
const guessWindow = 3.5
const prefixWordsMax = 20_000
// One or two letters start thousands of words; the best known few hundred fill any page.
const startingWordsMax = 250
const commonSaltMedicines = 30
const knownBrandPopularity = 20

export type Candidate = { word: number; worth: number; by: WordMatch['by'] }

/** A salt in many medicines weighs like a well-known brand. */
export function fame(lexicon: Lexicon, word: number): number {
  const salts = Math.min(120, 8 * Math.sqrt(lexicon.saltMedicines[word]!))
  return Math.max(lexicon.popularity[word]!, salts)
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

function addGuesses(lexicon: Lexicon, typed: TypedWord, exact: number, found: Candidate[]): void {
  const factor = weights.slipWorth * weights.slipFactor(typed.text.length)
  const isNameTyped =
    exact !== -1 && !typed.isIndic && (lexicon.roles[exact]! & (headWord | saltWord)) !== 0
  const least = leastFame(lexicon, exact, isNameTyped)
  const measured = measure(lexicon, typed, word => {
    const known = fame(lexicon, word)
    return known < least || (word === exact && !typed.isIndic) ? undefined : known
  })
  const guesses = measured.map(({ word, known, away }): Guess => {
    // Spellings of one sound are still two spellings: the letters break the tie.
    const spelling = word === exact ? 0 : weights.respelledCost * (typed.isIndic ? 0.1 : 1)
    const cost = away * factor + spelling + (isNameTyped ? weights.besideExactCost : 0)
    return {
      word,
      worth: weights.wordWorth - cost - weights.unknownCost(known),
      by: away <= 0.45 ? 'sound' : 'similar',
      likelihood: weights.popularityScore(known) - cost,
    }
  })
  guesses.sort((a, b) => b.likelihood - a.likelihood)
  const likely = (guesses[0]?.likelihood ?? 0) - guessWindow
  for (const guess of guesses.slice(0, guessesMax))
    if (guess.likelihood >= likely)
      found.push({ word: guess.word, worth: guess.worth, by: guess.by })
}

/** Words near enough to be meant, with how far each is; `fameOf` leaves out those it answers undefined for. */
function measure(
  lexicon: Lexicon,
  typed: TypedWord,
  fameOf: (word: number) => number | undefined,
): { word: number; known: number; away: number }[] {
  const { text, isIndic } = typed
  const sound = soundOf(text)
  const limit = weights.slipLimit(text.length) * (isIndic ? 1.2 : 1)
  const famousLimit = Math.max(limit, text.length > shortWordLetters ? weights.famousSlipLimit : 0)
  const costs = isIndic ? spelledSlips : plainSlips
  const near = isIndic || text.length <= shortWordLetters ? none : oneSlipAway(lexicon, text)
  const found: { word: number; known: number; away: number }[] = []
  const look = (word: number, isNear: boolean) => {
    const known = fameOf(word)
    if (known === undefined) return
    const most = known >= weights.famous ? famousLimit : limit
    let away = lexicon.slipsTo(word, sound, most, costs)
    // A slip can make another sound of two letters ("dloo"): then the letters are nearer than the sounds.
    if (isNear) away = Math.min(away, slips(text, lexicon.text(word), most, costs))
    if (away !== Number.POSITIVE_INFINITY) found.push({ word, known, away })
  }
  for (const word of near) look(word, true)
  for (const word of lexicon.soundingLike(text)) if (!near.has(word)) look(word, false)
  return found
}

/** A name typed as it is on the list is only doubted for a much better known one. */
function leastFame(lexicon: Lexicon, exact: number, isNameTyped: boolean): number {
  if (!isNameTyped) return 0
  return Math.max(weights.besideExactPopularity, 2 * lexicon.popularity[exact]!)
}
