// Salts and their strengths, read from a composition text and shared by the medicines that hold them.
import type { Carrier } from './carrier.ts'
import { Postings, withRoom } from './growable.ts'
import type { Lexicon } from './lexicon.ts'
import { saltWord } from './lexicon.ts'
import { cut, foldLatin, readNumberAt } from './normalise.ts'
import type { StrengthTable } from './strengths.ts'
import { Sequences } from './sequences.ts'
import { formNamed, unitNamed } from './vocabulary.ts'

const saltsMax = 24
const textsReadMax = 30_000
// Words of the pharmacopoeia that name no salt.
const nonSalt = new Set([
  'ip',
  'bp',
  'usp',
  'na',
  'w',
  'v',
  'as',
  'eq',
  'equivalent',
  'to',
  'and',
  'eye',
  'ear',
  'each',
  'contains',
  'qs',
  'per',
  'not',
  'available',
  'film',
  'coated',
  'pcs',
])

export class Compositions {
  /** Pairs of salt and strength number (0 none, else one more than the strength), in printed order. */
  readonly parts = new Sequences()
  /** Words of a salt's name. */
  readonly salts = new Sequences()
  readonly byWord = new Postings()
  readonly saltsByWord = new Postings()
  /** Medicines by composition, and by salt. */
  medicines = new Uint32Array(0)
  saltMedicines = new Uint32Array(0)
  readonly #lexicon: Lexicon
  readonly #strengths: StrengthTable
  readonly #read = new Map<string, number>()

  constructor(lexicon: Lexicon, strengths: StrengthTable) {
    this.#lexicon = lexicon
    this.#strengths = strengths
  }

  /** Number of the composition a text describes; 0 is the empty one. */
  numberOf(text: string): number {
    const known = this.#read.get(text)
    if (known !== undefined) return known
    const composition = this.#numberOfParts(this.#parse(text))
    if (this.#read.size >= textsReadMax) this.#read.clear()
    this.#read.set(text, composition)
    return composition
  }

  /** Forgets the texts read while loading; reading them again only costs time. */
  forgetTexts(): void {
    this.#read.clear()
  }

  #numberOfParts(list: number[]): number {
    const before = this.parts.count
    const composition = this.parts.numberOf(list)
    if (composition < before) return composition
    this.medicines = withRoom(this.medicines, composition + 1)
    const words = new Set<number>()
    for (let i = 0; i < list.length; i += 2) {
      for (const word of this.salts.items(list[i] as number)) words.add(word)
    }
    for (const word of words) this.byWord.add(word, composition)
    return composition
  }

  #parse(text: string): number[] {
    const list: number[] = []
    for (const part of foldLatin(text.slice(0, 2000)).split(/[+,;|&]|\band\b/)) {
      if (list.length >= saltsMax * 2) break
      const tokens = cut(part)
      const words: number[] = []
      let strength = 0
      tokens.forEach((token, i) => {
        if (/\d/.test(token)) {
          const number = readNumberAt(tokens, i)
          if (strength === 0 || number.unit !== '') strength = this.#strengths.numberOf(number) + 1
        } else if (isSaltWord(token, tokens[i - 1])) words.push(this.#lexicon.add(token, saltWord))
      })
      if (words.length > 0) list.push(this.#saltOf(words), strength)
    }
    return list
  }

  #saltOf(words: number[]): number {
    const before = this.salts.count
    const salt = this.salts.numberOf(words)
    if (salt < before) return salt
    this.saltMedicines = withRoom(this.saltMedicines, salt + 1)
    for (const word of new Set(words)) this.saltsByWord.add(word, salt)
    return salt
  }

  /** Records that `by` more medicines (or fewer) have the composition. */
  count(composition: number, by: 1 | -1): void {
    this.medicines[composition] = (this.medicines[composition] as number) + by
    const list = this.parts.items(composition)
    for (let i = 0; i < list.length; i += 2) {
      const salt = list[i] as number
      this.saltMedicines[salt] = (this.saltMedicines[salt] as number) + by
      for (const word of this.salts.items(list[i] as number))
        this.#lexicon.saltMedicines[word] = (this.#lexicon.saltMedicines[word] as number) + by
    }
  }

  carry(carrier: Carrier): void {
    this.parts.carry(carrier)
    this.salts.carry(carrier)
    this.byWord.carry(carrier)
    this.saltsByWord.carry(carrier)
    this.medicines = carrier.cells(this.medicines, this.parts.count)
    this.saltMedicines = carrier.cells(this.saltMedicines, this.salts.count)
    this.#read.clear()
  }

  saltName(salt: number): string {
    return Array.from(this.salts.items(salt), word => this.#lexicon.text(word)).join(' ')
  }
}

function isSaltWord(token: string, before: string | undefined): boolean {
  const isAfterNumber = before !== undefined && /\d/.test(before)
  if (token === '%' || unitNamed(token, isAfterNumber) !== undefined) return false
  return formNamed(token) === undefined && !nonSalt.has(token)
}
