// Every distinct word of the catalogue, in typed arrays: exact, by first letters, by sound.
import type { Carrier } from './carrier.ts'
import { type ChangedText, hashOfNothing, hashOn } from './changed-text.ts'
import {
  leastSlips,
  lettersIn,
  type SlipCosts,
  type SlipLimits,
  type SlipMeter,
} from './distance.ts'
import { withRoom } from './growable.ts'
import { soundText } from './phonetic.ts'
import { SoundPairs } from './sound-pairs.ts'

/** What a word is used as: first word of a brand, later word of a name, part of a salt's name. */
export const headWord = 1
export const laterWord = 2
export const saltWord = 4

// New words wait in an unsorted tail that every search reads in full; longer, they are sorted in.
const tailWordsMax = 600

/** How a typed word sounds, and the letters of that as bits. */
export type Sound = { text: string; letters: number }

export function soundOf(word: string): Sound {
  const text = soundText(word)
  const bytes = Buffer.from(text, 'latin1')
  return { text, letters: lettersIn(bytes, 0, bytes.length) }
}

function hashOf(text: string): number {
  let hash = hashOfNothing
  for (let i = 0; i < text.length; i++) hash = hashOn(hash, text.charCodeAt(i))
  return hash
}

export class Lexicon {
  count = 0
  /** Highest popularity of a medicine whose brand begins with the word. */
  popularity = new Float32Array(0)
  /** Medicines holding a salt with the word in its name. */
  saltMedicines = new Uint32Array(0)
  roles = new Uint8Array(0)
  #letters = Buffer.alloc(64)
  #start = new Uint32Array(1)
  #slots = new Int32Array(1024).fill(-1)
  #sounds = Buffer.alloc(0)
  #soundStart = new Uint32Array(1)
  #soundLetters = new Uint32Array(0)
  #sorted = new Uint32Array(0)
  #settled = 0
  readonly #pairs = new SoundPairs()

  text(word: number): string {
    return this.#letters.toString('latin1', this.#start[word]!, this.#start[word + 1]!)
  }

  /** How far the word's sound is from what the meter measures from; Infinity above the limits. */
  slipsTo(word: number, meter: SlipMeter, limits: SlipLimits): number {
    if (word >= this.#settled) return meter.to(soundText(this.text(word)), limits)
    const [start, end] = [this.#soundStart[word]!, this.#soundStart[word + 1]!]
    return meter.toBytes({ bytes: this.#sounds, start, end }, limits)
  }

  /** No more than how far the word's sound is, told from its letters alone. */
  slipsToAtLeast(word: number, soundLetters: number, costs: SlipCosts): number {
    if (word >= this.#settled) return 0
    return leastSlips(soundLetters, this.#soundLetters[word]!, costs)
  }

  length(word: number): number {
    return this.#start[word + 1]! - this.#start[word]!
  }

  #equals(word: number, text: string): boolean {
    const start = this.#start[word]!
    if (this.#start[word + 1]! - start !== text.length) return false
    for (let i = 0; i < text.length; i++)
      if (this.#letters[start + i] !== text.charCodeAt(i)) return false
    return true
  }

  find(text: string): number {
    const mask = this.#slots.length - 1
    for (let slot = hashOf(text) & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot]!
      if (word === -1 || this.#equals(word, text)) return word
    }
  }

  /** As `find`, without a string of the letters. */
  findChanged(text: ChangedText): number {
    const mask = this.#slots.length - 1
    for (let slot = text.hash() & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot]!
      if (word === -1 || this.#equalsLetters(word, text)) return word
    }
  }

  #equalsLetters(word: number, { letters, length }: ChangedText): boolean {
    const start = this.#start[word]!
    if (this.#start[word + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#letters[start + i] !== letters[i]) return false
    return true
  }

  /** The number of a word (a-z only), added when new, marked with the role it is used in. */
  add(text: string, role: number): number {
    let word = this.find(text)
    if (word === -1) word = this.#append(text)
    this.roles[word] = this.roles[word]! | role
    return word
  }

  #append(text: string): number {
    const word = this.count
    this.count += 1
    const start = this.#start[word]!
    if (start + text.length > this.#letters.length)
      this.#letters = Buffer.concat([this.#letters], (start + text.length) * 2)
    this.#letters.write(text, start, 'latin1')
    this.#start = withRoom(this.#start, word + 2)
    this.#start[word + 1] = start + text.length
    this.popularity = withRoom(this.popularity, word + 1)
    this.saltMedicines = withRoom(this.saltMedicines, word + 1)
    this.roles = withRoom(this.roles, word + 1)
    if (this.count * 2 > this.#slots.length) this.#spread(this.#slots.length * 2)
    else this.#place(word, text)
    return word
  }

  #place(word: number, text: string): void {
    const mask = this.#slots.length - 1
    let slot = hashOf(text) & mask
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
    this.#slots[slot] = word
  }

  #spread(slots: number): void {
    this.#slots = new Int32Array(slots).fill(-1)
    for (let word = 0; word < this.count; word++) this.#place(word, this.text(word))
  }

  /** Sorts waiting words in; call after loading. Later additions call it by themselves when many wait. */
  settle(): void {
    const texts = Array.from({ length: this.count }, (_, word) => this.text(word))
    const order = Uint32Array.from(texts.keys())
    this.#sorted = order.sort((a, b) => ((texts[a] as string) < (texts[b] as string) ? -1 : 1))
    const sounds = texts.map(soundText)
    this.#keepSounds(sounds)
    this.#pairs.settle(sounds)
    this.#settled = this.count
  }

  #keepSounds(sounds: string[]): void {
    this.#sounds = Buffer.from(sounds.join(''), 'latin1')
    this.#soundStart = new Uint32Array(sounds.length + 1)
    for (const [word, sound] of sounds.entries())
      this.#soundStart[word + 1] = this.#soundStart[word]! + sound.length
    this.#gatherLetters()
  }

  #gatherLetters(): void {
    const start = this.#soundStart
    this.#soundLetters = new Uint32Array(start.length - 1)
    for (let word = 0; word < this.#soundLetters.length; word++)
      this.#soundLetters[word] = lettersIn(this.#sounds, start[word]!, start[word + 1]!)
  }

  /** The words must be settled: what waits is not kept apart. */
  carry(carrier: Carrier): void {
    this.count = carrier.number(this.count)
    this.popularity = carrier.cells(this.popularity, this.count)
    this.saltMedicines = carrier.cells(this.saltMedicines, this.count)
    this.roles = carrier.cells(this.roles, this.count)
    this.#start = carrier.cells(this.#start, this.count + 1)
    this.#letters = carrier.cells(this.#letters, this.#start[this.count]!)
    this.#slots = carrier.whole(this.#slots)
    this.#sorted = carrier.whole(this.#sorted)
    this.#settled = this.#sorted.length
    this.#soundStart = carrier.whole(this.#soundStart)
    this.#sounds = carrier.whole(this.#sounds)
    this.#gatherLetters()
    this.#pairs.carry(carrier)
  }

  #settleWhenLong(): void {
    if (this.count - this.#settled > tailWordsMax) this.settle()
  }

  #lowerBound(text: string): number {
    let low = 0
    let high = this.#settled
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.text(this.#sorted[middle]!) < text) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Words that begin with `letters` and have one of the roles, the word itself left out. */
  beginningWith(letters: string, roles: number): number[] {
    this.#settleWhenLong()
    const found: number[] = []
    const end = this.#lowerBound(`${letters}{`)
    for (let i = this.#lowerBound(letters); i < end; i++) {
      const word = this.#sorted[i]!
      if (this.roles[word]! & roles && !this.#equals(word, letters)) found.push(word)
    }
    for (let word = this.#settled; word < this.count; word++) {
      const text = this.text(word)
      if (text.startsWith(letters) && text !== letters && this.roles[word]! & roles)
        found.push(word)
    }
    return found
  }

  /** Words that may sound like `text`, a few hundred; the caller measures the real distance. */
  soundingLike(text: string): number[] {
    this.#settleWhenLong()
    const found = this.#pairs.likest(text)
    for (let word = this.#settled; word < this.count; word++) found.push(word)
    return found
  }
}
