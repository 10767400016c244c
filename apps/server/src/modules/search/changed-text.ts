// A text changed letter by letter, hundreds of times for one typed word, and hashed without a string of each change.
export const hashOfNothing = 2166136261 | 0
/** The hash of a text and one letter more (FNV-1a). */
export const hashOn = (hash: number, letter: number): number => Math.imul(hash ^ letter, 16777619)

export class ChangedText {
  readonly letters: Uint8Array
  length: number
  readonly #text: Uint8Array
  #same = 0
  #hashOfSame = hashOfNothing

  /** `text` is of a-z alone. */
  constructor(text: string) {
    this.#text = Buffer.from(text, 'latin1')
    this.length = text.length
    this.letters = new Uint8Array(text.length + 1)
  }

  /** The first `at` letters of the text, room for `more` others, and its letters from `from` on. */
  cut(at: number, more: number, from: number): void {
    const text = this.#text
    this.#same = at
    this.#hashOfSame = hashOfNothing
    for (let i = 0; i < at; i++) {
      this.letters[i] = text[i]!
      this.#hashOfSame = hashOn(this.#hashOfSame, text[i]!)
    }
    this.length = at + more + text.length - from
    for (let i = from; i < text.length; i++) this.letters[at + more + i - from] = text[i]!
  }

  /** What the lexicon keeps a word of these letters under. */
  hash(): number {
    let hash = this.#hashOfSame
    for (let i = this.#same; i < this.length; i++) hash = hashOn(hash, this.letters[i]!)
    return hash
  }
}
