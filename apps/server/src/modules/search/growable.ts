// Room that grows by half again, so an index of a quarter million products stays in plain typed
// arrays (no object a product) and still accepts new products without a rebuild.

import type { Carrier, Cells } from './carrier.ts'

/** Returns `cells` itself when it holds `length`, else a copy with room to spare filled with `fill`. */
export function withRoom<T extends Cells>(cells: T, length: number, fill = 0): T {
  if (length <= cells.length) return cells
  const room = Math.max(length, cells.length + (cells.length >> 1), 64)
  const grown = new (cells.constructor as new (length: number) => T)(room)
  grown.set(cells)
  if (fill !== 0) grown.fill(fill, cells.length)
  return grown
}

/** Lists of numbers by key, linked through typed arrays: cheap to add to, walked newest first. */
export class Postings {
  first = new Int32Array(0)
  next = new Int32Array(0)
  value = new Uint32Array(0)
  used = 0

  add(key: number, value: number): void {
    this.first = withRoom(this.first, key + 1, -1)
    this.next = withRoom(this.next, this.used + 1)
    this.value = withRoom(this.value, this.used + 1)
    this.next[this.used] = this.first[key]!
    this.value[this.used] = value
    this.first[key] = this.used
    this.used += 1
  }

  /** First entry of a key, or -1; follow `next` until -1. */
  firstOf(key: number): number {
    return key < this.first.length ? this.first[key]! : -1
  }

  list(key: number): number[] {
    const values: number[] = []
    for (let entry = this.firstOf(key); entry !== -1; entry = this.next[entry]!)
      values.push(this.value[entry]!)
    return values.reverse()
  }

  carry(carrier: Carrier): void {
    this.used = carrier.number(this.used)
    this.first = carrier.cells(this.first, this.first.length, -1)
    this.next = carrier.cells(this.next, this.used)
    this.value = carrier.cells(this.value, this.used)
  }
}

/** Strings to small numbers and back, for the few thousand distinct texts kept whole. */
export class Names {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    // Copied so that a slice does not keep the whole row it was cut from in memory.
    return this.#push(Buffer.from(text).toString())
  }

  #push(text: string): number {
    this.#numbers.set(text, this.texts.length)
    this.texts.push(text)
    return this.texts.length - 1
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }

  carry(carrier: Carrier): void {
    const texts = carrier.value(this.texts)
    if (texts === this.texts) return
    this.texts.length = 0
    this.#numbers.clear()
    for (const text of texts) this.#push(text)
  }
}

/** Takes an entry out of a chain that is walked from `first` by `next`. */
export function unchain(first: Int32Array, next: Int32Array, key: number, ordinal: number): void {
  if (first[key] === ordinal) {
    first[key] = next[ordinal]!
    return
  }
  let entry = first[key]!
  while (next[entry]! !== ordinal) entry = next[entry]!
  next[entry] = next[ordinal]!
}
