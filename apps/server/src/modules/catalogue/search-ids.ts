// Product ids to ordinals and back, as bytes: a quarter million strings would cost 25 MB of heap.
import { at, withRoom } from './search-growable.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuidBytes = 16

function pack(id: string): Buffer {
  // A first byte tells the kinds apart; a uuid takes 16 bytes instead of 36.
  if (uuid.test(id)) return Buffer.from(`01${id.replaceAll('-', '')}`, 'hex')
  return Buffer.concat([Buffer.of(0), Buffer.from(id)])
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
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ at(bytes, i), 16777619)
    return (hash ^ (hash >>> 13)) >>> 0
  }

  #bytesOf(ordinal: number): Uint8Array {
    const start = at(this.#start, ordinal)
    return this.#bytes.subarray(start, start + at(this.#length, ordinal))
  }

  #slotOf(bytes: Uint8Array): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(bytes) & mask
    for (; this.#slots[slot] !== -1; slot = (slot + 1) & mask) {
      const ordinal = at(this.#slots, slot)
      if (ordinal < 0) continue
      const known = this.#bytesOf(ordinal)
      if (known.length === bytes.length && known.every((byte, i) => byte === bytes[i])) return slot
    }
    return slot
  }

  find(id: string): number {
    return at(this.#slots, this.#slotOf(pack(id)))
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
    const isRoomKept = at(this.#length, ordinal) >= bytes.length && at(this.#length, ordinal) > 0
    const start = isRoomKept ? at(this.#start, ordinal) : this.#used
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
