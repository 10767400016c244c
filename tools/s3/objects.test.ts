import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { bucket as Bucket, openBed, refused } from './test-bed.ts'

test('buckets named at the start are there, and new ones can be made once', async t => {
  const { s3 } = await openBed(t)
  await s3.send(new HeadBucketCommand({ Bucket }))
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'invoices',
      CreateBucketConfiguration: { LocationConstraint: 'ap-south-1' },
    }),
  )
  const again = s3.send(new CreateBucketCommand({ Bucket: 'invoices' }))
  await refused(again, 'BucketAlreadyOwnedByYou', 409)
  await refused(s3.send(new CreateBucketCommand({ Bucket: 'Bad_Name' })), 'InvalidBucketName', 400)
  const { Buckets } = await s3.send(new ListBucketsCommand())
  assert.deepEqual(
    Buckets?.map(each => each.Name),
    ['invoices', Bucket],
  )
  await refused(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' })), 'NotFound', 404)
  const put = s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'a', Body: 'x' }))
  await refused(put, 'NoSuchBucket', 404)
})

test('an object comes back as it was stored, with its headers, metadata and checksum', async t => {
  const { s3, put } = await openBed(t)
  const Body = randomBytes(200_000)
  const Key = 'a/पर्चा +&<b>.pdf'
  const etag = await put(Key, Body, {
    ContentType: 'application/pdf',
    CacheControl: 'no-store',
    ContentDisposition: 'inline',
    Metadata: { origin: 'counter' },
  })
  assert.equal(etag, `"${createHash('md5').update(Body).digest('hex')}"`)
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }))
  assert(Body.equals(await got.Body!.transformToByteArray()))
  assert.equal(got.ContentType, 'application/pdf')
  assert.equal(got.CacheControl, 'no-store')
  assert.equal(got.ContentDisposition, 'inline')
  assert.deepEqual(got.Metadata, { origin: 'counter' })
  assert.equal(got.ServerSideEncryption, 'AES256')
  assert(got.ChecksumCRC32, 'the checksum the SDK sent is given back to be verified')
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }))
  assert.equal(head.ContentLength, Body.length)
  assert.equal(head.ETag, etag)
  assert(Math.abs(Number(head.LastModified) - Date.now()) < 60_000)
})

test('empty objects and objects from streams are stored whole', async t => {
  const { s3, put, text } = await openBed(t)
  await put('empty', '')
  assert.equal(await text('empty'), '')
  const chunks = [Buffer.alloc(70_000, 1), Buffer.alloc(70_000, 2)]
  await put('stream', Readable.from(chunks), { ContentLength: 140_000 })
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }))
  assert(Buffer.concat(chunks).equals(await got.Body!.transformToByteArray()))
})

test('lib-storage uploads a stream of unknown length', async t => {
  const { s3 } = await openBed(t)
  const body = Readable.from([Buffer.alloc(12 << 20, 7)])
  await new Upload({ client: s3, params: { Bucket, Key: 'long', Body: body } }).done()
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'long' }))
  assert.equal(head.ContentLength, 12 << 20)
})

test('ranges answer 206 with their bytes, and 416 past the end', async t => {
  const { s3, put } = await openBed(t)
  await put('digits', '0123456789')
  const cases = [
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ]
  for (const [Range, text, contentRange] of cases) {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))
    assert.equal(got.$metadata.httpStatusCode, 206)
    assert.equal(await got.Body!.transformToString(), text)
    assert.equal(got.ContentRange, contentRange)
  }
  const past = s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' }))
  await refused(past, 'InvalidRange', 416)
})

test('conditional reads save the transfer or refuse it', async t => {
  const { s3, put } = await openBed(t)
  const etag = await put('label', 'one')
  const fresh = s3.send(new GetObjectCommand({ Bucket, Key: 'label', IfNoneMatch: etag }))
  await assert.rejects(fresh, (error: S3ServiceException) => {
    return error.$metadata.httpStatusCode === 304
  })
  const stale = s3.send(new GetObjectCommand({ Bucket, Key: 'label', IfMatch: '"other"' }))
  await refused(stale, 'PreconditionFailed', 412)
})

test('If-None-Match and If-Match guard a write against what is there', async t => {
  const { put, text } = await openBed(t)
  const etag = await put('once', 'first', { IfNoneMatch: '*' })
  await refused(put('once', 'second', { IfNoneMatch: '*' }), 'PreconditionFailed', 412)
  await refused(put('once', 'second', { IfMatch: '"0000"' }), 'PreconditionFailed', 412)
  await refused(put('never', 'second', { IfMatch: etag }), 'NoSuchKey', 404)
  assert.equal(await text('once'), 'first')
  await put('once', 'second', { IfMatch: etag })
  assert.equal(await text('once'), 'second')
})

test('of many writers with If-None-Match exactly one stores the object', async t => {
  const { put } = await openBed(t)
  const writes = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => put('race', `writer ${n}`, { IfNoneMatch: '*' })),
  )
  assert.equal(writes.filter(each => each.status === 'fulfilled').length, 1)
})

test('parallel writers of one key leave one of their objects whole', async t => {
  const { s3, put } = await openBed(t)
  const bodies = Array.from({ length: 12 }, (_, n) => Buffer.alloc(300_000 + n, n))
  await Promise.all(bodies.map(body => put('shared', body)))
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'shared' }))
  const stored = Buffer.from(await got.Body!.transformToByteArray())
  assert(bodies.some(body => body.equals(stored)))
})

test('a reader keeps the version it opened while the object is replaced', async t => {
  const { s3, put } = await openBed(t)
  await put('busy', Buffer.alloc(8 << 20, 1))
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'busy' }))
  await put('busy', Buffer.alloc(8 << 20, 2))
  const bytes = Buffer.from(await got.Body!.transformToByteArray())
  assert(bytes.equals(Buffer.alloc(8 << 20, 1)))
})

test('a copy keeps its description, or takes a new one', async t => {
  const { s3, put } = await openBed(t)
  const Tagging = 'scan=clean'
  await put('from it', 'text', { ContentType: 'text/plain', Metadata: { a: 'b' }, Tagging })
  const CopySource = encodeURIComponent(`${Bucket}/from it`)
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'same', CopySource }))
  const same = await s3.send(new HeadObjectCommand({ Bucket, Key: 'same' }))
  assert.deepEqual([same.ContentType, same.Metadata], ['text/plain', { a: 'b' }])
  const tags = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'same' }))
  assert.deepEqual(tags.TagSet, [{ Key: 'scan', Value: 'clean' }])
  const replaced = { ContentType: 'text/csv', MetadataDirective: 'REPLACE' } as const
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'new', CopySource, ...replaced }))
  const changed = await s3.send(new HeadObjectCommand({ Bucket, Key: 'new' }))
  assert.deepEqual([changed.ContentType, changed.Metadata], ['text/csv', {}])
  const onto = s3.send(new CopyObjectCommand({ Bucket, Key: 'from it', CopySource }))
  await refused(onto, 'InvalidRequest', 400)
  const missing = s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/no` }))
  await refused(missing, 'NoSuchKey', 404)
})

test('deleting one, deleting many, and deleting what is not there', async t => {
  const { s3, put, text } = await openBed(t)
  for (const key of ['a', 'b & c', 'd']) await put(key, key)
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
  await refused(text('a'), 'NoSuchKey', 404)
  const Delete = { Objects: [{ Key: 'b & c' }, { Key: 'gone' }] }
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }))
  assert.deepEqual(
    Deleted?.map(each => each.Key),
    ['b & c', 'gone'],
  )
  assert.equal(Errors, undefined)
  await refused(text('b & c'), 'NoSuchKey', 404)
  assert.equal(await text('d'), 'd')
  await refused(s3.send(new HeadObjectCommand({ Bucket, Key: 'a' })), 'NotFound', 404)
})

test('tags are replaced without touching the object', async t => {
  const { s3, put, text } = await openBed(t)
  const etag = await put('rx', 'scan me')
  const before = await s3.send(new HeadObjectCommand({ Bucket, Key: 'rx' }))
  const TagSet = [{ Key: 'scan', Value: 'clean & <ok>' }]
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'rx', Tagging: { TagSet } }))
  const got = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'rx' }))
  assert.deepEqual(got.TagSet, TagSet)
  const after = await s3.send(new HeadObjectCommand({ Bucket, Key: 'rx' }))
  assert.deepEqual([after.ETag, after.LastModified], [etag, before.LastModified])
  assert.equal(await text('rx'), 'scan me')
  const twice = { TagSet: [...TagSet, ...TagSet] }
  const bad = s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'rx', Tagging: twice }))
  await refused(bad, 'InvalidTag', 400)
  const missing = s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'no', Tagging: { TagSet } }))
  await refused(missing, 'NoSuchKey', 404)
})

test('encryption headers are echoed, and unknown methods refused', async t => {
  const { s3, put } = await openBed(t)
  const kms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key/1', BucketKeyEnabled: true }
  await put('kms', 'x', kms)
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'kms' }))
  assert.deepEqual(
    [head.ServerSideEncryption, head.SSEKMSKeyId, head.BucketKeyEnabled],
    ['aws:kms', 'key/1', true],
  )
  await refused(put('x', 'x', { ServerSideEncryption: 'rot13' }), 'InvalidArgument', 400)
  await refused(
    put('x', 'x', { ServerSideEncryption: 'AES256', SSEKMSKeyId: 'k' }),
    'InvalidArgument',
    400,
  )
})

test('what is not served is refused by name instead of ignored', async t => {
  const { s3, put } = await openBed(t)
  await put('a', 'x')
  const version = s3.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: '1' }))
  await refused(version, 'NotImplemented', 501)
  const until = new Date(Date.now() + 86_400_000)
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until }
  await refused(put('locked', 'x', lock), 'NotImplemented', 501)
  await refused(put('public', 'x', { ACL: 'public-read' }), 'NotImplemented', 501)
})

test('keys cannot leave their bucket and keep their exact bytes', async t => {
  const { put, text, root } = await openBed(t)
  const odd = ['../../escape', 'a/../b', '.', 'a//b', '/lead', 'tail/', '\u00e9', 'e\u0301', '😀']
  for (const key of odd) await put(key, `at ${key}`)
  for (const key of odd) assert.equal(await text(key), `at ${key}`)
  const files = await readdir(path.join(root, 'buckets', Bucket))
  assert.equal(files.length, odd.length)
  assert(files.every(name => /^[0-9a-f]{64}$/.test(name)))
  await refused(put('k'.repeat(1025), 'x'), 'KeyTooLongError', 400)
  await refused(put('line\nbreak', 'x'), 'InvalidArgument', 400)
})
