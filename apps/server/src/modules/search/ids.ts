// Product ids to ordinals and back, as bytes: a quarter million strings would cost 25 MB of heap.
import type { Carrier } from './carrier.ts'
import { withRoom } from './growable.ts'

const uuidBytes = 16

// The uuid being looked up, reused, since a load packs a quarter million of them.
const uuidPacked = new Uint8Array(uuidBytes + 1)

/** Value of a lower-case hexadecimal digit, or -1. */
function hexOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  return code >= 97 && code <= 102 ? code - 87 : -1
}

function packUuid(id: string): boolean {
  if (id.length !== 36) return false
  let from = 0
  for (let byte = 1; byte <= uuidBytes; byte++) {
    if (from === 8 || from === 13 || from === 18 || from === 23) {
      if (id.charCodeAt(from) !== 45) return false
      from += 1
    }
    const high = hexOf(id.charCodeAt(from))
    const low = hexOf(id.charCodeAt(from + 1))
    if (high < 0 || low < 0) return false
    uuidPacked[byte] = high * 16 + low
    from += 2
  }
  uuidPacked[0] = 1
  return true
}

/** A first byte tells the kinds apart; a uuid takes 16 bytes instead of 36. */
function pack(id: string): Uint8Array {
  return packUuid(id) ? uuidPacked : Buffer.concat([Buffer.of(0), Buffer.from(id)])
}

function unpack(bytes: Uint8Array): string {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.length - 1)
  if (bytes[0] !== 1 || rest.length !== uuidBytes) return rest.toString()
  const hex = rest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
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
  #free: number[] = []

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

  carry(carrier: Carrier): void {
    this.end = carrier.number(this.end)
    this.#used = carrier.number(this.#used)
    this.#taken = carrier.number(this.#taken)
    this.#bytes = carrier.cells(this.#bytes, this.#used)
    this.#start = carrier.cells(this.#start, this.end)
    this.#length = carrier.cells(this.#length, this.end)
    this.#slots = carrier.whole(this.#slots)
    this.#free = carrier.value(this.#free)
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
