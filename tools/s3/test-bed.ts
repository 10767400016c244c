import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import {
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { startLocalS3 } from './index.ts'

export const bucket = 'prescriptions'
export const keys = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }

/** A client that never retries, so that a test sees every refusal. */
export function clientOf(endpoint: string, more: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint,
    region: 'ap-south-1',
    forcePathStyle: true,
    credentials: keys,
    maxAttempts: 1,
    ...more,
  })
}

export async function temporaryRoot(t: TestContext): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'janta-s3-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  return root
}

type Body = NonNullable<PutObjectCommandInput['Body']>

export type Bed = {
  endpoint: string
  root: string
  stop: () => Promise<void>
  s3: S3Client
  put: (key: string, body: Body, more?: object) => Promise<string>
  text: (key: string) => Promise<string>
}

/** A real server on a directory of its own, and the real SDK against it. */
export async function openBed(t: TestContext, options: object = {}): Promise<Bed> {
  const root = await temporaryRoot(t)
  const server = await startLocalS3({ root, ...keys, buckets: [bucket], ...options })
  const s3 = clientOf(server.endpoint)
  t.after(async () => {
    s3.destroy()
    await server.stop()
  })
  return {
    endpoint: server.endpoint,
    root,
    stop: server.stop,
    s3,
    put: async (key, body, more = {}) => {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more })
      return (await s3.send(command)).ETag ?? ''
    },
    text: async key => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      assert(Body)
      return await Body.transformToString()
    },
  }
}

/** Asserts that the SDK call is refused with this S3 code and status. */
export async function refused(call: Promise<unknown>, code: string, status: number): Promise<void> {
  await assert.rejects(call, (error: { name: string; $metadata?: { httpStatusCode?: number } }) => {
    assert.equal(`${error.name} ${error.$metadata?.httpStatusCode}`, `${code} ${status}`)
    return true
  })
}

/** Asserts that a plain HTTP reply is a refusal with this code and status. */
export async function refusedReply(reply: Response, code: string, status: number): Promise<void> {
  const text = await reply.text()
  const found = /<Code>(\w+)<\/Code>/.exec(text)?.[1]
  assert.equal(`${found} ${reply.status}`, `${code} ${status}`, text)
}
