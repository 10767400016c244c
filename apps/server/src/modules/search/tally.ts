// Counts by value, of thousands of values of which an answer meets a few: reading and clearing pass over the others.
import { withRoom } from './growable.ts'

export class Tally {
  #counts = new Uint32Array(0)
  #met = new Uint32Array(0)
  #size = 0

  /** Forgets what was counted; values below `length` may be counted from now on. */
  clear(length: number): void {
    for (let i = 0; i < this.#size; i++) this.#counts[this.#met[i]!] = 0
    this.#size = 0
    this.#counts = withRoom(this.#counts, length)
    this.#met = withRoom(this.#met, length)
  }

  add(value: number): void {
    const count = this.#counts[value]!
    if (count === 0) this.#met[this.#size++] = value
    this.#counts[value] = count + 1
  }

  /** The values met, in no order. */
  values(): Uint32Array {
    return this.#met.subarray(0, this.#size)
  }

  count(value: number): number {
    return this.#counts[value]!
  }
}
