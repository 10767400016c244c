import assert from 'node:assert/strict'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openStorage, type Storage, type StorageOptions } from '#kernel/storage'

/** Where a backup lies: a folder of this machine, or a bucket. Files are small and written once. */
export interface Place {
  write(name: string, content: Uint8Array): Promise<void>
  read(name: string): Promise<Buffer>
  close(): void
}

const bucketAddress = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([\w./-]*)$/

/** Opens `s3://bucket/prefix`, or else a folder. The bucket is reached as the pharmacy's own are. */
export function openPlace(address: string, options: Omit<StorageOptions, 'bucket'>): Place {
  const [, bucket, prefix = ''] = bucketAddress.exec(address) ?? []
  if (!bucket) return folderPlace(address)
  const from = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return bucketPlace(openStorage({ ...options, bucket }), from)
}

function folderPlace(folder: string): Place {
  return {
    async write(name, content) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true, mode: 0o700 })
      const unfinished = path.join(folder, `${name}.unfinished`)
      await writeFile(unfinished, content, { mode: 0o600, flush: true })
      await rename(unfinished, path.join(folder, name))
    },
    read: name => readFile(path.join(folder, name)),
    close: () => undefined,
  }
}

function bucketPlace(storage: Storage, prefix: string): Place {
  return {
    async write(name, content) {
      const contentType = 'application/octet-stream'
      const stored = await storage.put(`${prefix}${name}`, content, { contentType, ifAbsent: true })
      if (stored === 'exists') throw new Error(`${name} is there already: name another place.`)
    },
    async read(name) {
      const found = await storage.get(`${prefix}${name}`)
      assert(found, `the backup has no ${name}`)
      return await buffer(found.stream)
    },
    close: () => storage.close(),
  }
}
