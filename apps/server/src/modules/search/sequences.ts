// Short lists of numbers kept once each (the words of a brand, the strengths of a label).
import type { Carrier } from './carrier.ts'
import { withRoom } from './growable.ts'

export class Sequences {
  count = 0
  #items = new Uint32Array(0)
  #start = new Uint32Array(1)
  #slots = new Int32Array(256).fill(-1)

  #hash(list: ArrayLike<number>): number {
    let hash = 2166136261
    for (let i = 0; i < list.length; i++) hash = Math.imul(hash ^ (list[i] as number), 16777619)
    return (hash ^ (hash >>> 15)) >>> 0
  }

  #equals(sequence: number, list: ArrayLike<number>): boolean {
    const start = this.#start[sequence]!
    if (this.#start[sequence + 1]! - start !== list.length) return false
    for (let i = 0; i < list.length; i++) if (this.#items[start + i] !== list[i]) return false
    return true
  }

  /** Number of the list; equal lists have one number. */
  numberOf(list: ArrayLike<number>): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(list) & mask
    for (; this.#slots[slot] !== -1; slot = (slot + 1) & mask)
      if (this.#equals(this.#slots[slot]!, list)) return this.#slots[slot]!
    const sequence = this.count
    const start = this.#start[sequence]!
    this.count += 1
    this.#items = withRoom(this.#items, start + list.length)
    this.#items.set(list, start)
    this.#start = withRoom(this.#start, sequence + 2)
    this.#start[sequence + 1] = start + list.length
    this.#slots[slot] = sequence
    if (this.count * 2 > this.#slots.length) this.#spread()
    return sequence
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let sequence = 0; sequence < this.count; sequence++) {
      let slot = this.#hash(this.items(sequence)) & mask
      while (slots[slot] !== -1) slot = (slot + 1) & mask
      slots[slot] = sequence
    }
    this.#slots = slots
  }

  length(sequence: number): number {
    return this.#start[sequence + 1]! - this.#start[sequence]!
  }

  carry(carrier: Carrier): void {
    this.count = carrier.number(this.count)
    this.#start = carrier.cells(this.#start, this.count + 1)
    this.#items = carrier.cells(this.#items, this.#start[this.count]!)
    this.#slots = carrier.whole(this.#slots)
  }

  /** The first of a list; -1 of an empty one. */
  first(sequence: number): number {
    const start = this.#start[sequence]!
    return start < this.#start[sequence + 1]! ? this.#items[start]! : -1
  }

  items(sequence: number): Uint32Array {
    return this.#items.subarray(this.#start[sequence]!, this.#start[sequence + 1]!)
  }
}
