/** What a listing says about one object. */
export type ListedObject = { key: string; sizeBytes: number; etag: string; modifiedAt: string }

/**
 * The objects of one bucket in the order S3 lists them: by the bytes of the UTF-8 key. JavaScript
 * orders by UTF-16 units, which differs beyond the basic plane.
 */
export class KeyIndex {
  readonly #objects = new Map<string, ListedObject>()
  #keys: string[] = []
  #isSorted = true

  get size(): number {
    return this.#objects.size
  }

  get(key: string): ListedObject | undefined {
    return this.#objects.get(key)
  }

  set(object: ListedObject): void {
    if (!this.#objects.has(object.key)) {
      this.#keys.push(object.key)
      this.#isSorted = false
    }
    this.#objects.set(object.key, object)
  }

  delete(key: string): void {
    if (!this.#objects.delete(key)) return
    const keys = this.#sorted()
    keys.splice(this.#position(keys, key), 1)
  }

  /** The objects from the first key that is not before `from`, in order. */
  *startingAt(from: string): Generator<ListedObject> {
    const keys = this.#sorted()
    for (let at = this.#position(keys, from); at < keys.length; at++) {
      const object = this.#objects.get(keys[at] ?? '')
      if (object) yield object
    }
  }

  #sorted(): string[] {
    if (!this.#isSorted) this.#keys.sort(compareKeys)
    this.#isSorted = true
    return this.#keys
  }

  #position(keys: string[], key: string): number {
    let low = 0
    let high = keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
