import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { bucket as Bucket, clientOf, keys, refused, temporaryRoot } from './test-bed.ts'

const main = path.join(import.meta.dirname, 'main.ts')
const mib = 1024 * 1024

type Running = { child: ChildProcess; s3: S3Client; lines: string[] }

/** Starts the server as the supervisor does, optionally with the largest file it may write. */
async function start(t: TestContext, root: string, fileKib?: number): Promise<Running> {
  const limit = fileKib === undefined ? '' : `ulimit -f ${fileKib * 2}; `
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$1"`, process.execPath, main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      S3_PORT: '0',
      S3_ROOT: root,
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      S3_BUCKETS: `${Bucket}, invoices`,
    },
  })
  const lines: string[] = []
  child.stdout?.on('data', data => lines.push(...String(data).trim().split('\n')))
  await once(child.stdout!, 'data')
  const endpoint = /http:\S+/.exec(lines[0] ?? '')?.[0]
  assert(endpoint, lines.join('\n'))
  const s3 = clientOf(endpoint)
  t.after(() => {
    s3.destroy()
    child.kill('SIGKILL')
  })
  return { child, s3, lines }
}

async function* pieces(
  count: number,
  pauseAfter = Number.POSITIVE_INFINITY,
  pause = async () => {},
) {
  const piece = Buffer.alloc(64 * 1024, 7)
  for (let n = 0; n < count; n++) {
    if (n === pauseAfter) await pause()
    yield piece
  }
}

function put(s3: S3Client, Key: string, Body: Readable | string, ContentLength?: number) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength }))
}

test('the server says one line when ready and leaves cleanly on SIGTERM', async t => {
  const { child, s3, lines } = await start(t, await temporaryRoot(t))
  await put(s3, 'a', 'x')
  child.kill('SIGTERM')
  const [code, signal] = await once(child, 'exit')
  assert.deepEqual([code, signal], [0, null])
  assert.equal(lines.length, 1)
})

test('killed in the middle of a put, the old object stays and the remains are swept', async t => {
  const root = await temporaryRoot(t)
  const first = await start(t, root)
  await put(first.s3, 'kept', 'the old object')
  const half = Readable.from(
    pieces(256, 128, async () => {
      // The kill comes only once part of the new object is on the disk.
      const temporary = path.join(root, 'temporary')
      while ((await readdir(temporary)).length === 0) await sleep(5)
      const exited = once(first.child, 'exit')
      first.child.kill('SIGKILL')
      await exited
    }),
  )
  await assert.rejects(put(first.s3, 'kept', half, 256 * 64 * 1024))
  assert.equal((await readdir(path.join(root, 'temporary'))).length, 1)
  const second = await start(t, root)
  assert.deepEqual(await readdir(path.join(root, 'temporary')), [])
  const got = await second.s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }))
  assert.equal(await got.Body!.transformToString(), 'the old object')
})

test('a client that goes away in the middle of a put leaves nothing', async t => {
  const root = await temporaryRoot(t)
  const { s3 } = await start(t, root)
  const temporary = path.join(root, 'temporary')
  const controller = new AbortController()
  const body = Readable.from(
    pieces(256, 128, async () => {
      while ((await readdir(temporary)).length === 0) await sleep(5)
      controller.abort()
    }),
  )
  const command = new PutObjectCommand({ Bucket, Key: 'cut', Body: body, ContentLength: 16 * mib })
  await assert.rejects(s3.send(command, { abortSignal: controller.signal }))
  while ((await readdir(temporary)).length > 0) await sleep(5)
  await refused(s3.send(new GetObjectCommand({ Bucket, Key: 'cut' })), 'NoSuchKey', 404)
})

test('a disk without room answers 507, keeps the old object and leaves nothing', async t => {
  const root = await temporaryRoot(t)
  const { s3 } = await start(t, root, 1024)
  await put(s3, 'kept', 'the old object')
  const large = Readable.from(pieces(32))
  await refused(put(s3, 'kept', large, 2 * mib), 'InternalError', 507)
  assert.deepEqual(await readdir(path.join(root, 'temporary')), [])
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }))
  assert.equal(await got.Body!.transformToString(), 'the old object')
})

/** The most memory the process ever held, in MiB. */
async function peakMib({ child }: Running): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

test('an object of 192 MiB passes in and out within a fraction of its size of memory', async t => {
  const running = await start(t, await temporaryRoot(t))
  await put(running.s3, 'small', Readable.from(pieces(16)), mib)
  const before = await peakMib(running)
  await put(running.s3, 'large', Readable.from(pieces(192 * 16)), 192 * mib)
  const got = await running.s3.send(new GetObjectCommand({ Bucket, Key: 'large' }))
  let bytes = 0
  for await (const chunk of got.Body as Readable) bytes += (chunk as Buffer).length
  assert.equal(bytes, 192 * mib)
  const grown = (await peakMib(running)) - before
  t.diagnostic(`grew by ${grown.toFixed(0)} MiB from ${before.toFixed(0)} MiB`)
  assert(grown < 96, `the server grew by ${grown.toFixed(0)} MiB for an object of 192 MiB`)
})
