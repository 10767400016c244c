import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filePurposes, folderOf } from '#kernel/file-purpose'
import { openFiles } from '#kernel/files'

const files = openFiles({
  region: 'ap-south-1',
  endpoint: 'http://127.0.0.1:9',
  accessKeyId: 'test',
  secretAccessKey: 'test-secret',
  buckets: {
    quarantine: 'q',
    prescriptions: 'p',
    invoices: 'i',
    reports: 'r',
    assets: 'a',
  },
})

test('every purpose has a folder of its own', () => {
  assert.equal(new Set(Object.values(folderOf)).size, filePurposes.length)
})

test('a file is signed into the bucket and the folder of its purpose', async () => {
  const signed = await files.of('invoices').presignGet('issued/2026/1.pdf', { seconds: 60 })
  assert.equal(new URL(signed).pathname, '/i/issued/2026/1.pdf')
  const form = await files.of('quarantine').presignPost({
    key: 'uploads/1',
    contentTypes: ['image/jpeg'],
    bytesMax: 1_000,
    seconds: 60,
  })
  assert.equal(new URL(form.url).pathname, '/q')
})

test('a key outside the folder of its purpose is a bug here as it is on AWS', () => {
  for (const purpose of filePurposes) {
    const store = files.of(purpose)
    const acts = [
      () => store.put('elsewhere/1', Buffer.from('1'), { contentType: 'text/plain' }),
      () => store.get('elsewhere/1'),
      () => store.head('elsewhere/1'),
      () => store.delete('elsewhere/1'),
      () => store.list({ prefix: '', max: 1 }),
      () => store.presignGet('elsewhere/1', { seconds: 1 }),
      () =>
        store.presignPost({
          key: 'elsewhere/1',
          contentTypes: ['image/png'],
          bytesMax: 1,
          seconds: 1,
        }),
    ]
    for (const act of acts) assert.throws(act, { code: 'ERR_ASSERTION' }, purpose)
  }
})
