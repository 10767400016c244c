import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { startLocalS3 } from '@janta/tools/s3/index'
import { isWorldGone } from '#kernel/problem'
import {
  listMax,
  openStorage,
  presignSecondsMax,
  type Storage,
  type UploadForms,
} from '#kernel/storage'
import { StorageUnavailable } from '#kernel/storage-fault'

const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
const place = { region: 'ap-south-1', bucket: 'files', ...access }

async function openLocal(t: TestContext): Promise<{ storage: Storage; stop: () => Promise<void> }> {
  const root = await mkdtemp(path.join(tmpdir(), 'janta-storage-'))
  const s3 = await startLocalS3({ root, ...access, buckets: ['files'] })
  const storage = openStorage({ ...place, endpoint: s3.endpoint })
  t.after(async () => {
    storage.close()
    await s3.stop()
    await rm(root, { recursive: true, force: true })
  })
  return { storage, stop: s3.stop }
}

const pdf = { contentType: 'application/pdf' }

test('a stored file is read back with its type and size, until it is deleted', async t => {
  const { storage } = await openLocal(t)
  const body = Buffer.alloc(100_000, 3)
  assert.equal(await storage.put('invoices/1.pdf', body, pdf), 'stored')
  const found = await storage.get('invoices/1.pdf')
  assert(found)
  assert.equal(found.contentType, 'application/pdf')
  assert(body.equals(await buffer(found.stream)))
  const seen = await storage.head('invoices/1.pdf')
  assert.deepEqual([seen?.bytes, seen?.etag], [100_000, found.etag])
  await storage.delete('invoices/1.pdf')
  await storage.delete('invoices/1.pdf')
  assert.equal(await storage.get('invoices/1.pdf'), undefined)
  assert.equal(await storage.head('invoices/1.pdf'), undefined)
})

test('ifAbsent keeps the first content and calls a repeat of it stored', async t => {
  const { storage } = await openLocal(t)
  const put = (text: string) =>
    storage.put('registers/day', Buffer.from(text), { ...pdf, ifAbsent: true })
  assert.equal(await put('first'), 'stored')
  assert.equal(await put('first'), 'stored')
  assert.equal(await put('second'), 'exists')
  const found = await storage.get('registers/day')
  assert.equal((await buffer(found!.stream)).toString(), 'first')
})

test('files are listed page by page in the order of their keys', async t => {
  const { storage } = await openLocal(t)
  for (const key of ['a/3', 'a/1', 'b/1', 'a/2']) await storage.put(key, Buffer.from(key), pdf)
  const first = await storage.list({ prefix: 'a/', max: 2 })
  assert.deepEqual([first.files.map(file => file.key), first.isMore], [['a/1', 'a/2'], true])
  const second = await storage.list({ prefix: 'a/', max: 2, after: 'a/2' })
  assert.deepEqual([second.files.map(file => file.key), second.isMore], [['a/3'], false])
  await assert.rejects(storage.list({ prefix: '', max: listMax + 1 }), assert.AssertionError)
})

test('a presigned GET reads one file, uncached, under a plain name', async t => {
  const { storage } = await openLocal(t)
  await storage.put('rx/1', Buffer.from('scan'), pdf)
  const url = await storage.presignGet('rx/1', { seconds: 60, downloadName: 'rx.pdf' })
  const reply = await fetch(url)
  assert.equal(await reply.text(), 'scan')
  assert.equal(reply.headers.get('cache-control'), 'private, no-store')
  assert.equal(reply.headers.get('content-disposition'), 'attachment; filename="rx.pdf"')
  assert.equal((await fetch(url.replace('rx/1', 'rx/2'))).status, 403)
  const long = storage.presignGet('rx/1', { seconds: presignSecondsMax + 1 })
  await assert.rejects(long, assert.AssertionError)
  const sly = storage.presignGet('rx/1', { seconds: 60, downloadName: 'a"; b' })
  await assert.rejects(sly, assert.AssertionError)
})

function send({ url, forms }: UploadForms, type: string, bytes: number): Promise<Response> {
  const form = new FormData()
  const [chosen] = forms.filter(each => each.contentType === type)
  assert(chosen, `there is a form for ${type}`)
  for (const [name, value] of Object.entries(chosen.fields)) form.append(name, value)
  form.append('file', new Blob([Buffer.alloc(bytes, 1)]), 'scan')
  return fetch(url, { method: 'POST', body: form })
}

test('a browser stores one file of an allowed type and size under the given key', async t => {
  const { storage } = await openLocal(t)
  const forms = await storage.presignPost({
    key: 'uploads/1',
    contentTypes: ['image/jpeg', 'application/pdf'],
    bytesMax: 1_000,
    seconds: 60,
  })
  assert.equal((await send(forms, 'application/pdf', 1_000)).status, 204)
  const stored = await storage.head('uploads/1')
  assert.deepEqual([stored?.bytes, stored?.contentType], [1_000, 'application/pdf'])
  assert.equal((await send(forms, 'image/jpeg', 1_001)).status, 400)
  assert.equal((await send(forms, 'image/jpeg', 0)).status, 400)
  const [jpeg] = forms.forms
  const otherType = { ...jpeg!, fields: { ...jpeg!.fields, 'Content-Type': 'text/html' } }
  assert.equal((await send({ ...forms, forms: [otherType] }, 'image/jpeg', 10)).status, 403)
  const otherKey = { ...jpeg!, fields: { ...jpeg!.fields, key: 'uploads/2' } }
  assert.equal((await send({ ...forms, forms: [otherKey] }, 'image/jpeg', 10)).status, 403)
})

async function assertAllUnavailable(storage: Storage): Promise<void> {
  const calls = [
    storage.put('a', Buffer.from('x'), pdf),
    storage.get('a'),
    storage.head('a'),
    storage.delete('a'),
    storage.list({ prefix: '', max: 1 }),
  ]
  for (const outcome of await Promise.allSettled(calls)) {
    assert.equal(outcome.status, 'rejected')
    assert(outcome.reason instanceof StorageUnavailable, String(outcome.reason))
    assert(isWorldGone(outcome.reason), 'the kernel answers it with a 503')
    assert(!outcome.reason.message.includes('127.0.0.1'))
  }
}

test('a store that is gone is a 503', async t => {
  const { storage, stop } = await openLocal(t)
  await stop()
  await assertAllUnavailable(storage)
})

test('a store that accepts and never answers is a 503 once the named time is over', async t => {
  const sockets: net.Socket[] = []
  const silent = net.createServer(socket => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as net.AddressInfo
  const storage = openStorage({ ...place, endpoint: `http://127.0.0.1:${port}` })
  t.after(() => {
    storage.close()
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
  const { answerMsMax } = await import('#kernel/storage')
  assert(answerMsMax < 3_000, 'a person waits at most three seconds')
  await assertAllUnavailable(storage)
  assert(sockets.length > 0, 'the silent store was asked')
})

test('a wrong key or a missing bucket is our mistake, not an outage', async t => {
  const { storage } = await openLocal(t)
  await storage.put('a', Buffer.from('x'), pdf)
  const url = new URL(await storage.presignGet('a', { seconds: 60 }))
  const wrong = openStorage({ ...place, endpoint: url.origin, secretAccessKey: 'wrong' })
  const nowhere = openStorage({ ...place, endpoint: url.origin, bucket: 'nowhere' })
  t.after(() => {
    wrong.close()
    nowhere.close()
  })
  const isMistake = (error: Error) => !(error instanceof StorageUnavailable) && !isWorldGone(error)
  await assert.rejects(wrong.get('a'), isMistake)
  await assert.rejects(nowhere.get('a'), isMistake)
})
