import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { stopGraceMs } from './limits.ts'
import { ObjectsOnDisk } from './objects-on-disk.ts'
import { assertUnowned, writeOwner } from './owner.ts'
import { assertBucketName } from './s3-request.ts'
import { createS3Server } from './server.ts'
import { UploadsOnDisk } from './uploads-on-disk.ts'

export type LocalS3Options = {
  /** The directory everything is kept in; made when missing. One server at a time may use it. */
  root: string
  /** 0 or absent: a free one. */
  port?: number
  accessKeyId: string
  secretAccessKey: string
  /** Made at the start when they are not there yet. */
  buckets?: string[]
  /** The origins whose pages may upload and read, such as `http://localhost:5173`. */
  corsOrigins?: string[]
}

export type LocalS3 = { endpoint: string; stop: () => Promise<void> }

/**
 * Starts the strict local S3 on 127.0.0.1: the subset of S3 the project uses, kept on disk, with
 * every signature, expiry, checksum, condition and limit of the real one enforced. Resolves when
 * it answers; rejects when the port is taken or the directory is served by another.
 */
export async function startLocalS3(options: LocalS3Options): Promise<LocalS3> {
  const { accessKeyId, secretAccessKey } = options
  assert(accessKeyId !== '' && secretAccessKey !== '', 'The local S3 needs its two access keys.')
  const root = path.resolve(options.root)
  await mkdir(root, { recursive: true, mode: 0o700 })
  await assertUnowned(root)
  const objects = await ObjectsOnDisk.open(root)
  const uploads = await UploadsOnDisk.open(root, () => objects.temporaryPath())
  for (const bucket of options.buckets ?? []) {
    assertBucketName(bucket)
    if (!objects.hasBucket(bucket)) await objects.createBucket(bucket)
  }
  const ownerId = randomUUID()
  const server = createS3Server({
    stores: { objects, uploads },
    keys: { accessKeyId, secretAccessKey },
    corsOrigins: options.corsOrigins ?? [],
    ownerId,
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert(address && typeof address === 'object')
  const endpoint = `http://127.0.0.1:${address.port}`
  await writeOwner(root, { endpoint, id: ownerId })
  return { endpoint, stop: () => stop(server) }
}

/** Lets running requests end within the grace, then cuts them; a cut upload leaves nothing. */
async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), stopGraceMs)
  await closed
  clearTimeout(cut)
}
