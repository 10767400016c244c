// Columns of numbers and lists of texts as bytes and back. A structure names its parts once, in one method that
// both keeps and restores it, so that the two can never differ.

export type Cells =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** Takes a part along when keeping, and answers what was kept when restoring. */
export interface Carrier {
  /** The first `used` cells. Restored cells have room to spare, filled with `fill`. */
  cells<T extends Cells>(cells: T, used: number, fill?: number): T
  /** All cells, to the exact length: a table of slots is found its way in by its length. */
  whole<T extends Cells>(cells: T): T
  number(value: number): number
  /** Anything of JSON: for the few lists and texts that are no columns. */
  value<T>(value: T): T
}

const alignBytes = 8
const roomShare = 64

const bytesOf = ({ buffer, byteOffset, byteLength }: Cells | Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Gathers the parts without copying the large ones: they must not change until the pieces were written. */
export class Keeper implements Carrier {
  readonly pieces: Uint8Array[] = []

  cells<T extends Cells>(cells: T, used: number): T {
    this.#add(bytesOf(cells.subarray(0, used) as T))
    return cells
  }

  whole<T extends Cells>(cells: T): T {
    return this.cells(cells, cells.length)
  }

  number(value: number): number {
    this.#add(bytesOf(Float64Array.of(value)))
    return value
  }

  value<T>(value: T): T {
    this.#add(Buffer.from(JSON.stringify(value)))
    return value
  }

  #add(bytes: Uint8Array): void {
    this.pieces.push(bytesOf(Float64Array.of(bytes.length)), bytes)
    const over = bytes.length % alignBytes
    if (over > 0) this.pieces.push(new Uint8Array(alignBytes - over))
  }
}

/** Gives the parts back in the order they were kept. Throws for bytes that are not what a `Keeper` made. */
export class Restorer implements Carrier {
  readonly #chunks: Iterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0

  /** The bytes in order, however they were cut; one chunk is looked at at a time. */
  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  cells<T extends Cells>(cells: T, _used: number, fill = 0): T {
    const count = this.#count(cells)
    const restored = this.#column(cells, count, count + Math.ceil(count / roomShare))
    if (fill !== 0) restored.fill(fill, count)
    return restored
  }

  whole<T extends Cells>(cells: T): T {
    const count = this.#count(cells)
    return this.#column(cells, count, count)
  }

  #count({ BYTES_PER_ELEMENT: each }: Cells): number {
    const count = this.#length() / each
    if (!Number.isInteger(count)) throw new RangeError('a column of the kept index ends in a cell')
    return count
  }

  #column<T extends Cells>(like: T, count: number, room: number): T {
    const restored = (
      Buffer.isBuffer(like)
        ? Buffer.alloc(room)
        : new (like.constructor as new (length: number) => Cells)(room)
    ) as T
    this.#read(bytesOf(restored).subarray(0, count * like.BYTES_PER_ELEMENT))
    return restored
  }

  number(_value: number): number {
    if (this.#length() !== Float64Array.BYTES_PER_ELEMENT)
      throw new RangeError('a number of the kept index has another length')
    const value = new Float64Array(1)
    this.#read(bytesOf(value))
    return value[0] as number
  }

  value<T>(_value: T): T {
    const bytes = Buffer.alloc(this.#length())
    this.#read(bytes)
    return JSON.parse(bytes.toString()) as T
  }

  /** Throws when anything is left: then what was kept is not what is being restored. */
  end(): void {
    if (this.#at < this.#chunk.length || this.#chunks.next().done !== true)
      throw new RangeError('the kept index is longer than this one')
  }

  #length(): number {
    const length = new Float64Array(1)
    this.#fill(bytesOf(length))
    return length[0] as number
  }

  #read(into: Uint8Array): void {
    this.#fill(into)
    const over = into.length % alignBytes
    if (over > 0) this.#fill(new Uint8Array(alignBytes - over))
  }

  #fill(into: Uint8Array): void {
    for (let filled = 0; filled < into.length; ) {
      if (this.#at === this.#chunk.length) this.#next()
      const some = this.#chunk.subarray(this.#at, this.#at + into.length - filled)
      into.set(some, filled)
      filled += some.length
      this.#at += some.length
    }
  }

  #next(): void {
    const { done, value } = this.#chunks.next()
    if (done === true) throw new RangeError('the kept index is cut off')
    this.#chunk = value
    this.#at = 0
  }
}
