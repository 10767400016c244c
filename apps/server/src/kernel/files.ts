import assert from 'node:assert/strict'
import { type FilePurpose, folderOf } from '#kernel/file-purpose'
import { openStorage, type Storage, type StorageOptions } from '#kernel/storage'

export interface FilesOptions extends Omit<StorageOptions, 'bucket'> {
  readonly buckets: Readonly<Record<FilePurpose, string>>
}

/** The file stores of the pharmacy, one for each purpose. */
export interface Files {
  /**
   * The store of one purpose. Its keys are whole, and must begin with the purpose's folder: a key
   * outside of it, which only AWS would refuse, is a bug everywhere.
   */
  of(purpose: FilePurpose): Storage
  close(): void
}

/** Opens nothing until a purpose is asked for; purposes that share a bucket share its connections. */
export function openFiles({ buckets, ...options }: FilesOptions): Files {
  const open = new Map<string, Storage>()
  const storeOf = (bucket: string): Storage => {
    const storage = open.get(bucket) ?? openStorage({ ...options, bucket })
    open.set(bucket, storage)
    return storage
  }
  return {
    of: purpose => within(folderOf[purpose], storeOf(buckets[purpose])),
    close() {
      for (const storage of open.values()) storage.close()
      open.clear()
    },
  }
}

function within(folder: string, storage: Storage): Storage {
  const inside = (key: string): string => {
    assert(key.startsWith(folder), `a file of this purpose lies in ${folder}`)
    return key
  }
  return {
    put: (key, body, how) => storage.put(inside(key), body, how),
    get: key => storage.get(inside(key)),
    head: key => storage.head(inside(key)),
    delete: key => storage.delete(inside(key)),
    list: page => storage.list({ ...page, prefix: inside(page.prefix) }),
    presignGet: (key, how) => storage.presignGet(inside(key), how),
    presignPost: how => storage.presignPost({ ...how, key: inside(how.key) }),
    close: () => storage.close(),
  }
}
