import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ChecksumAlgorithm } from './checksums.ts'
import type { ObjectDescription } from './object-description.ts'
import { S3Error } from './s3-error.ts'
import { openSealed, readBody, replaceFile, syncDirectory, writeSealed } from './sealed-file.ts'
import type { Checksum, VerifiedBody } from './verified-body.ts'

export type NewUpload = {
  bucket: string
  key: string
  initiatedAt: string
  description: ObjectDescription
  /** Undefined when the client asked for none; its parts then carry S3's default. */
  algorithm?: ChecksumAlgorithm
  checksumType: 'FULL_OBJECT' | 'COMPOSITE'
}

export type Part = { number: number; etag: string; modifiedAt: string; checksum: Checksum }
export type StoredPart = Part & { sizeBytes: number }
export type Upload = NewUpload & {
  id: string
  parts: Map<number, StoredPart>
  isCompleting: boolean
}

const sealName = 'upload'

/**
 * Multipart uploads under way: a directory each, holding the sealed description and one sealed
 * file a part. They survive a restart, as S3's do, until they are completed or aborted.
 */
export class UploadsOnDisk {
  readonly #root: string
  readonly #temporaryPath: () => string
  readonly #uploads = new Map<string, Upload>()

  private constructor(root: string, temporaryPath: () => string) {
    this.#root = path.join(root, 'uploads')
    this.#temporaryPath = temporaryPath
  }

  static async open(root: string, temporaryPath: () => string): Promise<UploadsOnDisk> {
    const store = new UploadsOnDisk(root, temporaryPath)
    await mkdir(store.#root, { recursive: true })
    for (const id of await readdir(store.#root)) await store.#load(id)
    return store
  }

  async #load(id: string): Promise<void> {
    const directory = path.join(this.#root, id)
    const upload = await openSealed<NewUpload>(path.join(directory, sealName))
    if (!upload) return await rm(directory, { recursive: true, force: true })
    await upload.file.close()
    const parts = new Map<number, StoredPart>()
    for (const name of await readdir(directory)) {
      if (name === sealName) continue
      const part = await openSealed<Part>(path.join(directory, name))
      await part?.file.close()
      if (part) parts.set(part.seal.number, part.seal)
    }
    this.#uploads.set(id, { ...upload.seal, id, parts, isCompleting: false })
  }

  async begin(upload: NewUpload): Promise<Upload> {
    const id = randomUUID().replaceAll('-', '')
    const temporary = this.#temporaryPath()
    await writeSealed(temporary, noChunks(), () => upload)
    const directory = path.join(this.#root, id)
    await mkdir(directory)
    await replaceFile(temporary, path.join(directory, sealName), directory)
    await syncDirectory(this.#root)
    const begun = { ...upload, id, parts: new Map<number, StoredPart>(), isCompleting: false }
    this.#uploads.set(id, begun)
    return begun
  }

  /** The upload of this id, if it is for this very bucket and key. */
  get(id: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(id)
    if (upload && upload.bucket === bucket && upload.key === key) return upload
    throw new S3Error(
      'NoSuchUpload',
      'The specified multipart upload does not exist. It may have been aborted or completed.',
    )
  }

  /** All uploads of a bucket, oldest first within a key. */
  list(bucket: string): Upload[] {
    return [...this.#uploads.values()].filter(upload => upload.bucket === bucket)
  }

  async putPart(upload: Upload, number: number, body: VerifiedBody): Promise<StoredPart> {
    const temporary = this.#temporaryPath()
    const part = await writeSealed<Part>(temporary, body.chunks, () => {
      const { md5, checksum } = body.digest()
      return { number, etag: md5.toString('hex'), modifiedAt: new Date().toISOString(), checksum }
    })
    try {
      this.#assertOpen(upload)
      await rename(temporary, this.#partPath(upload, number))
      this.#assertOpen(upload)
    } catch (error) {
      await rm(temporary, { force: true })
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? gone() : error
    }
    upload.parts.set(number, part)
    await syncDirectory(path.join(this.#root, upload.id))
    return part
  }

  /** The bodies of the chosen parts one after another. */
  async *chunks(upload: Upload, parts: StoredPart[]): AsyncGenerator<Buffer> {
    for (const { number, sizeBytes } of parts) {
      const sealed = await openSealed<Part>(this.#partPath(upload, number))
      if (!sealed) throw gone()
      yield* readBody(sealed, { first: 0, last: sizeBytes - 1 })
    }
  }

  /** Forgets an upload and its parts, when it was aborted or has become an object. */
  async end(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id)
    await rm(path.join(this.#root, upload.id), { recursive: true, force: true })
  }

  #assertOpen(upload: Upload): void {
    if (this.#uploads.get(upload.id) !== upload || upload.isCompleting) throw gone()
  }

  #partPath(upload: Upload, number: number): string {
    return path.join(this.#root, upload.id, `part-${String(number).padStart(5, '0')}`)
  }
}

function gone(): S3Error {
  return new S3Error('NoSuchUpload', 'The upload was completed or aborted meanwhile.')
}

async function* noChunks(): AsyncGenerator<Buffer> {}
