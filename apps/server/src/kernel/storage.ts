import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { answeredWithin, statusOf } from '#kernel/storage-fault'
import {
  checked,
  type PresignGetOptions,
  type PresignPostOptions,
  presignGet,
  presignPost,
  type UploadForms,
} from '#kernel/storage-presign'

export {
  type FileForm,
  presignBytesMax,
  type PresignGetOptions,
  type PresignPostOptions,
  presignSecondsMax,
  type UploadForms,
} from '#kernel/storage-presign'

export interface StorageOptions {
  /** The local S3's. Absent on AWS like the keys: there the task's role signs. */
  readonly endpoint?: string | undefined
  readonly region: string
  readonly bucket: string
  readonly accessKeyId?: string | undefined
  readonly secretAccessKey?: string | undefined
}

export interface StoredFile {
  readonly key: string
  readonly bytes: number
  readonly etag: string
  readonly modifiedAt: Date
}

export interface FileHead extends StoredFile {
  readonly contentType: string
}

/**
 * The file store: always the real S3 client, on AWS or on the local S3. Keys must carry nothing
 * personal: they appear in URLs. Every call ends within `answerMsMax`; a store that is gone or
 * slow is a `StorageUnavailable` (503), a missing file is `undefined`, anything else a bug.
 */
export interface Storage {
  /**
   * Stores at most `putBytesMax` bytes, their SHA-256 verified by the store. With `ifAbsent` a key
   * is never overwritten: 'exists' says that another content is there; the same content, as after
   * a lost answer, is 'stored'.
   */
  put(key: string, body: Uint8Array, options: PutOptions): Promise<'stored' | 'exists'>
  /** Opens a file for reading. Consume or destroy the stream; it ends if idle for `idleMsMax`. */
  get(key: string): Promise<(FileHead & { readonly stream: Readable }) | undefined>
  head(key: string): Promise<FileHead | undefined>
  /** Deletes a file; one that is not there is deleted already. */
  delete(key: string): Promise<void>
  /** Lists files in key order, at most `listMax`; `after` is the last key of the page before. */
  list(page: ListPage): Promise<{ files: readonly StoredFile[]; isMore: boolean }>
  /** A URL that reads one file for this many seconds, at most `presignSecondsMax`. */
  presignGet(key: string, options: PresignGetOptions): Promise<string>
  /** Forms with which a browser may store one file of 1 to `bytesMax` bytes under exactly this key. */
  presignPost(options: PresignPostOptions): Promise<UploadForms>
  close(): void
}

export interface PutOptions {
  readonly contentType: string
  readonly ifAbsent?: boolean
}

export interface ListPage {
  readonly prefix: string
  readonly max: number
  readonly after?: string
}

export const answerMsMax = 2_700
export const idleMsMax = 10_000
export const putBytesMax = 16 * 1024 * 1024
export const listMax = 1_000
const connectMsMax = 1_000
const attemptsMax = 2
const socketsMax = 50

export function openStorage(options: StorageOptions): Storage {
  const { bucket } = options
  const client = openClient(options)
  return {
    put: (key, body, how) => put(client, { bucket, key: checked(key), body, how }),
    get: key => get(client, bucket, checked(key)),
    head: key => head(client, bucket, checked(key)),
    delete: key =>
      answeredWithin(answerMsMax, 'delete a file', async abortSignal => {
        const command = new DeleteObjectCommand({ Bucket: bucket, Key: checked(key) })
        await client.send(command, { abortSignal })
      }),
    list: page => list(client, bucket, page),
    presignGet: (key, how) => presignGet(client, { bucket, key: checked(key), how }),
    presignPost: how => presignPost(client, bucket, how),
    close: () => client.destroy(),
  }
}

function openClient({ endpoint, region, accessKeyId, secretAccessKey }: StorageOptions): S3Client {
  return new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    maxAttempts: attemptsMax,
    requestHandler: {
      connectionTimeout: connectMsMax,
      socketTimeout: idleMsMax,
      httpAgent: { maxSockets: socketsMax, keepAlive: true },
      httpsAgent: { maxSockets: socketsMax, keepAlive: true },
    },
  })
}

async function put(
  client: S3Client,
  { bucket, key, body, how }: { bucket: string; key: string; body: Uint8Array; how: PutOptions },
): Promise<'stored' | 'exists'> {
  assert(body.length <= putBytesMax, `a put has at most ${putBytesMax} bytes`)
  const ChecksumSHA256 = createHash('sha256').update(body).digest('base64')
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: how.contentType,
    ChecksumSHA256,
    ...(how.ifAbsent ? { IfNoneMatch: '*' } : {}),
  })
  return await answeredWithin(answerMsMax, 'store a file', async abortSignal => {
    try {
      await client.send(command, { abortSignal })
      return 'stored'
    } catch (error) {
      if (!how.ifAbsent || statusOf(error) !== 412) throw error
    }
    const existing = new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })
    const there = await client.send(existing, { abortSignal })
    return there.ChecksumSHA256 === ChecksumSHA256 ? 'stored' : 'exists'
  })
}

async function get(
  client: S3Client,
  bucket: string,
  key: string,
): Promise<(FileHead & { stream: Readable }) | undefined> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key })
  const found = await foundWithin('read a file', signal =>
    client.send(command, { abortSignal: signal }),
  )
  if (!found) return undefined
  assert(found.Body, 'S3 answered a read without a body')
  return { ...fileHead(key, found), stream: found.Body as Readable }
}

async function head(client: S3Client, bucket: string, key: string): Promise<FileHead | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: key })
  const found = await foundWithin('look at a file', signal =>
    client.send(command, { abortSignal: signal }),
  )
  return found && fileHead(key, found)
}

/** On AWS a missing key is 404 only to a role that may list the bucket: ours may, see infra. */
function foundWithin<T>(
  attempted: string,
  call: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return answeredWithin(answerMsMax, attempted, async signal => {
    try {
      return await call(signal)
    } catch (error) {
      const name = (error as Error).name
      if (name === 'NoSuchKey' || name === 'NotFound') return undefined
      throw error
    }
  })
}

interface Found {
  ContentLength?: number | undefined
  ContentType?: string | undefined
  ETag?: string | undefined
  LastModified?: Date | undefined
}

function fileHead(key: string, found: Found): FileHead {
  const { ContentLength, ContentType, ETag, LastModified } = found
  assert(ContentLength !== undefined && ETag && LastModified, 'S3 described a file incompletely')
  return {
    key,
    bytes: ContentLength,
    etag: ETag,
    modifiedAt: LastModified,
    contentType: ContentType ?? 'application/octet-stream',
  }
}

async function list(
  client: S3Client,
  bucket: string,
  { prefix, max, after }: ListPage,
): Promise<{ files: StoredFile[]; isMore: boolean }> {
  assert(Number.isInteger(max) && max > 0 && max <= listMax, `a page has 1 to ${listMax} files`)
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Prefix: prefix,
    MaxKeys: max,
    ...(after === undefined ? {} : { StartAfter: after }),
  })
  const answer = await answeredWithin(answerMsMax, 'list files', abortSignal =>
    client.send(command, { abortSignal }),
  )
  const files = (answer.Contents ?? []).map(({ Key, Size, ETag, LastModified }) => {
    assert(Key && Size !== undefined && ETag && LastModified, 'S3 listed a file incompletely')
    return { key: Key, bytes: Size, etag: ETag, modifiedAt: LastModified }
  })
  return { files, isMore: answer.IsTruncated ?? false }
}
