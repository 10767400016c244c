// Room that grows by half again, so an index of a quarter million products stays in plain typed
// arrays (no object a product) and still accepts new products without a rebuild.

type Cells = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array

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
}

/** Strings to small numbers and back, for the few thousand distinct texts kept whole. */
export class Names {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    // Copied so that a slice does not keep the whole row it was cut from in memory.
    const own = Buffer.from(text).toString()
    this.#numbers.set(own, this.texts.length)
    this.texts.push(own)
    return this.texts.length - 1
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }
}
