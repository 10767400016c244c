import assert from 'node:assert/strict'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'

export interface FileForm {
  readonly contentType: string
  /** The form's hidden fields, all of them, before the file; the file's field is named `file`. */
  readonly fields: Readonly<Record<string, string>>
}

export interface UploadForms {
  readonly url: string
  /** One form for each content type allowed; the browser sends the one of the file it has. */
  readonly forms: readonly FileForm[]
}

export interface PresignGetOptions {
  readonly seconds: number
  /** Saves under this name instead of showing it; letters, digits, dot, dash and underscore. */
  readonly downloadName?: string
}

export interface PresignPostOptions {
  readonly key: string
  readonly contentTypes: readonly string[]
  readonly bytesMax: number
  readonly seconds: number
}

export const presignSecondsMax = 3_600
export const presignBytesMax = 64 * 1024 * 1024
const contentTypesMax = 8
const keyBytesMax = 1_024

/** A key S3 accepts; anything else is a bug of ours, never a customer's. */
export function checked(key: string): string {
  const bytes = Buffer.byteLength(key)
  assert(bytes > 0 && bytes <= keyBytesMax, `a file's key has 1 to ${keyBytesMax} bytes`)
  return key
}

function assertSeconds(seconds: number): void {
  assert(Number.isInteger(seconds) && seconds > 0 && seconds <= presignSecondsMax)
}

/** A URL that reads one file for some seconds. */
export async function presignGet(
  client: S3Client,
  { bucket, key, how }: { bucket: string; key: string; how: PresignGetOptions },
): Promise<string> {
  const { seconds, downloadName } = how
  assertSeconds(seconds)
  assert(downloadName === undefined || /^[\w.-]{1,100}$/.test(downloadName), 'a plain file name')
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    // A prescription or an invoice must not stay in a shared computer's cache.
    ResponseCacheControl: 'private, no-store',
    ...(downloadName && { ResponseContentDisposition: `attachment; filename="${downloadName}"` }),
  })
  return await getSignedUrl(client, command, { expiresIn: seconds })
}

/** One signed form for each content type allowed, because a policy cannot say "one of these". */
export async function presignPost(
  client: S3Client,
  bucket: string,
  { key, contentTypes, bytesMax, seconds }: PresignPostOptions,
): Promise<UploadForms> {
  assertSeconds(seconds)
  assert(contentTypes.length > 0 && contentTypes.length <= contentTypesMax)
  assert(Number.isInteger(bytesMax) && bytesMax > 0 && bytesMax <= presignBytesMax)
  assert(!key.includes('${filename}'), "a file's own name never becomes a key")
  // A policy cannot say "one of these types", and "starts with image/" would let SVG scripts in.
  const posts = await Promise.all(
    contentTypes.map(async contentType => ({
      contentType,
      ...(await createPresignedPost(client, {
        Bucket: bucket,
        Key: checked(key),
        Conditions: [['content-length-range', 1, bytesMax]],
        Fields: { 'Content-Type': contentType },
        Expires: seconds,
      })),
    })),
  )
  const forms = posts.map(({ contentType, fields }) => ({ contentType, fields }))
  return { url: posts[0]?.url ?? '', forms }
}
