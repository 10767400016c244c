// Product ids to ordinals and back, as bytes: a quarter million strings would cost 25 MB of heap.
import { withRoom } from './search-growable.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuidBytes = 16

// The id being looked up, as bytes; reused, since a load packs a quarter million of them.
let packed: Uint8Array = new Uint8Array(0)
const uuidPacked = new Uint8Array(uuidBytes + 1)

const hexOf = (code: number) => (code <= 57 ? code - 48 : code - 87)

/** A first byte tells the kinds apart; a uuid takes 16 bytes instead of 36. */
function pack(id: string): Uint8Array {
  if (id.length !== 36 || !uuid.test(id)) {
    packed = Buffer.concat([Buffer.of(0), Buffer.from(id)])
    return packed
  }
  uuidPacked[0] = 1
  let from = 0
  for (let byte = 1; byte <= uuidBytes; byte++) {
    if (id.charCodeAt(from) === 45) from += 1
    uuidPacked[byte] = hexOf(id.charCodeAt(from)) * 16 + hexOf(id.charCodeAt(from + 1))
    from += 2
  }
  packed = uuidPacked
  return packed
}

function unpack(bytes: Uint8Array): string {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.length - 1)
  if (bytes[0] !== 1 || rest.length !== uuidBytes) return rest.toString()
  const hex = rest.toString('hex')
  return [0, 8, 12, 16, 20].map((from, i) => hex.slice(from, [8, 12, 16, 20, 32][i])).join('-')
}

export class Ids {
  /** One more than the highest ordinal ever given. */
  end = 0
  #bytes = new Uint8Array(0)
  #used = 0
  #start = new Uint32Array(0)
  #length = new Uint8Array(0)
  #slots = new Int32Array(1024).fill(-1)
  #taken = 0
  readonly #free: number[] = []

  #hash(bytes: Uint8Array): number {
    let hash = 2166136261
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619)
    return (hash ^ (hash >>> 13)) >>> 0
  }

  #bytesOf(ordinal: number): Uint8Array {
    const start = this.#start[ordinal]!
    return this.#bytes.subarray(start, start + this.#length[ordinal]!)
  }

  #equals(ordinal: number, bytes: Uint8Array): boolean {
    if (this.#length[ordinal] !== bytes.length) return false
    const start = this.#start[ordinal]!
    for (let i = 0; i < bytes.length; i++) if (this.#bytes[start + i] !== bytes[i]) return false
    return true
  }

  #slotOf(bytes: Uint8Array): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(bytes) & mask
    for (; this.#slots[slot] !== -1; slot = (slot + 1) & mask) {
      const ordinal = this.#slots[slot]!
      if (ordinal < 0) continue
      if (this.#equals(ordinal, bytes)) return slot
    }
    return slot
  }

  find(id: string): number {
    return this.#slots[this.#slotOf(pack(id))]!
  }

  id(ordinal: number): string {
    return unpack(this.#bytesOf(ordinal))
  }

  /** Gives a new id an ordinal, one freed before when there is one. The id must not be known. */
  add(id: string): number {
    const bytes = pack(id)
    if (bytes.length > 255) throw new RangeError('A product id is longer than 254 bytes.')
    const ordinal = this.#free.pop() ?? this.end++
    this.#start = withRoom(this.#start, this.end)
    this.#length = withRoom(this.#length, this.end)
    this.#write(ordinal, bytes)
    if ((this.#taken + 1) * 2 > this.#slots.length) this.#spread()
    this.#slots[this.#slotOf(bytes)] = ordinal
    this.#taken += 1
    return ordinal
  }

  #write(ordinal: number, bytes: Uint8Array): void {
    const isRoomKept = this.#length[ordinal]! >= bytes.length && this.#length[ordinal]! > 0
    const start = isRoomKept ? this.#start[ordinal]! : this.#used
    if (!isRoomKept) this.#used += bytes.length
    this.#bytes = withRoom(this.#bytes, this.#used)
    this.#bytes.set(bytes, start)
    this.#start[ordinal] = start
    this.#length[ordinal] = bytes.length
  }

  remove(ordinal: number): void {
    // A removed slot stays taken (-2) so that ids placed after it are still found.
    this.#slots[this.#slotOf(this.#bytesOf(ordinal))] = -2
    this.#free.push(ordinal)
  }

  #spread(): void {
    const live = this.#slots.filter(ordinal => ordinal >= 0)
    let size = 1024
    while (size < live.length * 4) size *= 2
    this.#slots = new Int32Array(size).fill(-1)
    this.#taken = live.length
    for (const ordinal of live) this.#slots[this.#slotOf(this.#bytesOf(ordinal))] = ordinal
  }
}
