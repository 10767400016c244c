import { createHash, randomUUID } from 'node:crypto'
import { renameSync, unlinkSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { KeyIndex, type ListedObject } from './key-index.ts'
import type { ObjectDescription } from './object-description.ts'
import { S3Error } from './s3-error.ts'
import { openSealed, type Sealed, syncDirectory, writeSealed } from './sealed-file.ts'
import type { Checksum } from './verified-body.ts'

/** Everything known of a stored object besides its bytes; sealed into the same file. */
export type StoredObject = ObjectDescription & {
  key: string
  etag: string
  modifiedAt: string
  checksum?: Checksum & { type: 'FULL_OBJECT' | 'COMPOSITE' }
}

export type NewObject = {
  bucket: string
  key: string
  chunks: AsyncIterable<Uint8Array>
  /** Asked for when the last chunk is written. */
  describe: () => Omit<StoredObject, 'key' | 'modifiedAt'> & { modifiedAt?: string }
  /** Asked in the same tick as the commit, with what is there now; throws to refuse. */
  mayReplace?: (existing: ListedObject | undefined) => void
}

/**
 * Buckets are directories, objects are sealed files named by the hash of their key, so that no key
 * can reach outside its bucket. A commit is one synchronous rename together with its index entry:
 * of writers racing for a key each is whole, the last one stays, and a condition is never stale.
 */
export class ObjectsOnDisk {
  readonly #root: string
  readonly #buckets = new Map<string, { index: KeyIndex; createdAt: string }>()

  private constructor(root: string) {
    this.#root = root
  }

  /** Opens the store, throwing away what a killed process left half-written. */
  static async open(root: string): Promise<ObjectsOnDisk> {
    const store = new ObjectsOnDisk(root)
    await rm(store.#temporaryDirectory(), { recursive: true, force: true })
    await mkdir(store.#temporaryDirectory(), { recursive: true })
    await mkdir(path.join(root, 'buckets'), { recursive: true })
    for (const entry of await readdir(path.join(root, 'buckets'))) await store.#load(entry)
    return store
  }

  async #load(bucket: string): Promise<void> {
    const index = new KeyIndex()
    const directory = this.#bucketDirectory(bucket)
    for (const name of await readdir(directory)) {
      const sealed = await openSealed<StoredObject>(path.join(directory, name))
      await sealed?.file.close()
      if (sealed) index.set(listed(sealed.seal))
    }
    this.#buckets.set(bucket, { index, createdAt: new Date().toISOString() })
  }

  buckets(): { name: string; createdAt: string }[] {
    return [...this.#buckets]
      .map(([name, { createdAt }]) => ({ name, createdAt }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  hasBucket(bucket: string): boolean {
    return this.#buckets.has(bucket)
  }

  async createBucket(bucket: string): Promise<void> {
    await mkdir(this.#bucketDirectory(bucket), { recursive: true })
    await syncDirectory(path.join(this.#root, 'buckets'))
    if (this.hasBucket(bucket)) return
    this.#buckets.set(bucket, { index: new KeyIndex(), createdAt: new Date().toISOString() })
  }

  index(bucket: string): KeyIndex {
    const found = this.#buckets.get(bucket)
    if (!found) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.')
    return found.index
  }

  /** Stores an object whole or not at all; it is on the disk when this returns. */
  async put(object: NewObject): Promise<Sealed<StoredObject>['seal']> {
    const { bucket, key } = object
    const index = this.index(bucket)
    object.mayReplace?.(index.get(key))
    const temporary = this.temporaryPath()
    const describe = (): StoredObject => {
      return { modifiedAt: new Date().toISOString(), ...object.describe(), key }
    }
    const stored = await writeSealed<StoredObject>(temporary, object.chunks, describe)
    try {
      object.mayReplace?.(index.get(key))
      renameSync(temporary, this.#objectPath(bucket, key))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    index.set(listed(stored))
    await syncDirectory(this.#bucketDirectory(bucket))
    return stored
  }

  /** Opens one version of an object for reading. The caller closes its file. */
  async read(bucket: string, key: string): Promise<Sealed<StoredObject>> {
    this.index(bucket)
    const sealed = await openSealed<StoredObject>(this.#objectPath(bucket, key))
    if (!sealed) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
    return sealed
  }

  /** Removes an object; removing one that is not there succeeds, as S3 has it. */
  async remove(
    bucket: string,
    key: string,
    mayRemove: (existing: ListedObject | undefined) => void,
  ): Promise<void> {
    const index = this.index(bucket)
    mayRemove(index.get(key))
    if (!index.get(key)) return
    unlinkSync(this.#objectPath(bucket, key))
    index.delete(key)
    await syncDirectory(this.#bucketDirectory(bucket))
  }

  temporaryPath(): string {
    return path.join(this.#temporaryDirectory(), randomUUID())
  }

  #temporaryDirectory(): string {
    return path.join(this.#root, 'temporary')
  }

  #bucketDirectory(bucket: string): string {
    return path.join(this.#root, 'buckets', bucket)
  }

  #objectPath(bucket: string, key: string): string {
    return path.join(this.#bucketDirectory(bucket), createHash('sha256').update(key).digest('hex'))
  }
}

function listed({ key, sizeBytes, etag, modifiedAt }: Sealed<StoredObject>['seal']): ListedObject {
  return { key, sizeBytes, etag, modifiedAt }
}
