import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3'
import { KeyIndex } from './key-index.ts'
import { listPage } from './list-page.ts'
import { bucket as Bucket, openBed, refused } from './test-bed.ts'

function indexOf(keys: string[]): KeyIndex {
  const index = new KeyIndex()
  for (const key of keys) index.set({ key, sizeBytes: 1, etag: 'e', modifiedAt: '2026-11-22' })
  return index
}

/** Follows the pages to the end and answers the names in the order they were listed. */
function everyPage(index: KeyIndex, query: { prefix?: string; delimiter?: string; max: number }) {
  const names: string[] = []
  let resumeAfter: string | undefined
  for (let pages = 0; pages < 100; pages++) {
    const page = listPage(index, {
      prefix: '',
      delimiter: '',
      startAfter: '',
      ...query,
      ...(resumeAfter === undefined ? {} : { resumeAfter }),
    })
    names.push(...page.objects.map(each => each.key), ...page.commonPrefixes)
    resumeAfter = page.next
    if (resumeAfter === undefined) return names.sort()
  }
  throw new Error('The pages never ended.')
}

test('whatever the size of the page, each name is listed once', () => {
  const keys = ['a', 'a/', 'a/1', 'a/2/x', 'a/2/y', 'a0', 'b/1', 'b/2', 'c', 'd/e/f', 'é', '😀']
  const index = indexOf(keys.toReversed())
  const rolled = ['a', 'a/', 'a0', 'b/', 'c', 'd/', 'é', '😀']
  for (let max = 1; max <= keys.length; max++) {
    assert.deepEqual(everyPage(index, { max }), [...keys].sort())
    assert.deepEqual(everyPage(index, { max, delimiter: '/' }), [...rolled].sort())
    const inA = everyPage(index, { max, delimiter: '/', prefix: 'a/' })
    assert.deepEqual(inA, ['a/', 'a/1', 'a/2/'])
  }
})

test('keys are ordered by their bytes, and stay so when some are removed', () => {
  // U+FF5E sorts after U+1F600 in UTF-16 units and before it in UTF-8 bytes.
  const index = indexOf(['\u{1f600}', '\uff5e', 'b', 'a'])
  assert.deepEqual(everyPage(index, { max: 1000 }).length, 4)
  const names = () => [...index.startingAt('')].map(each => each.key)
  assert.deepEqual(names(), ['a', 'b', '\uff5e', '\u{1f600}'])
  index.delete('b')
  index.delete('b')
  assert.deepEqual(names(), ['a', '\uff5e', '\u{1f600}'])
  assert.equal(index.size, 3)
})

test('the SDK lists with prefix, delimiter, start, pages and odd names', async t => {
  const { s3, put } = await openBed(t)
  for (const key of ['rx/1', 'rx/2', 'rx/old/3', 'rx & <co>/4', 'inv/5']) await put(key, key)
  const list = (input: Partial<ListObjectsV2CommandInput>) =>
    s3.send(new ListObjectsV2Command({ Bucket, ...input }))
  const rolled = await list({ Prefix: 'rx/', Delimiter: '/' })
  assert.deepEqual(
    rolled.Contents?.map(each => [each.Key, each.Size]),
    [
      ['rx/1', 4],
      ['rx/2', 4],
    ],
  )
  assert.deepEqual(rolled.CommonPrefixes, [{ Prefix: 'rx/old/' }])
  assert.equal(rolled.KeyCount, 3)
  const first = await list({ MaxKeys: 2 })
  assert.deepEqual(
    first.Contents?.map(each => each.Key),
    ['inv/5', 'rx & <co>/4'],
  )
  assert.equal(first.IsTruncated, true)
  const next = await list({ ContinuationToken: first.NextContinuationToken })
  assert.deepEqual(
    next.Contents?.map(each => each.Key),
    ['rx/1', 'rx/2', 'rx/old/3'],
  )
  const after = await list({ StartAfter: 'rx/2' })
  assert.equal(after.KeyCount, 1)
  assert.equal((await list({ MaxKeys: 0 })).KeyCount, 0)
  const encoded = await list({ EncodingType: 'url', Prefix: 'rx &' })
  assert.equal(encoded.Contents?.[0]?.Key, 'rx%20%26%20%3Cco%3E/4')
  await refused(list({ ContinuationToken: '!' }), 'InvalidArgument', 400)
  await refused(list({ Bucket: 'nowhere' }), 'NoSuchBucket', 404)
})

test('a page never holds more than a thousand names', () => {
  const index = indexOf(Array.from({ length: 1500 }, (_, n) => String(n)))
  const query = { prefix: '', delimiter: '', startAfter: '', max: 1000 }
  const page = listPage(index, query)
  assert.equal(page.objects.length, 1000)
  assert.equal(everyPage(index, { max: 1000 }).length, 1500)
})
