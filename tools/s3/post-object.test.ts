import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { createPresignedPost, type PresignedPost } from '@aws-sdk/s3-presigned-post'
import { bucket as Bucket, type Bed, openBed, refusedReply } from './test-bed.ts'

const bytesMax = 1000

function policy({ s3 }: Bed, change: object = {}): Promise<PresignedPost> {
  return createPresignedPost(s3, {
    Bucket,
    Key: 'post/rx.jpg',
    Conditions: [['content-length-range', 10, bytesMax]],
    Fields: { 'Content-Type': 'image/jpeg' },
    Expires: 60,
    ...change,
  })
}

type Sent = { bytes?: number; fields?: Record<string, string>; drop?: string }

function send({ url, fields }: PresignedPost, sent: Sent = {}, to = url): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, ...sent.fields })) {
    if (name !== sent.drop) form.append(name, value)
  }
  const bytes = Buffer.alloc(sent.bytes ?? 500, 5)
  form.append('file', new Blob([bytes], { type: 'image/jpeg' }), 'rx.jpg')
  return fetch(to, { method: 'POST', body: form })
}

test('a form under its policy stores the file with the fields it was promised', async t => {
  const bed = await openBed(t)
  const post = await policy(bed, {
    Fields: {
      'Content-Type': 'image/jpeg',
      'x-amz-meta-order': '17',
      'x-amz-server-side-encryption': 'AES256',
      tagging: '<Tagging><TagSet><Tag><Key>scan</Key><Value>due</Value></Tag></TagSet></Tagging>',
    },
  })
  const reply = await send(post)
  assert.equal(reply.status, 204, await reply.text())
  const got = await bed.s3.send(new GetObjectCommand({ Bucket, Key: 'post/rx.jpg' }))
  assert.equal(reply.headers.get('etag'), got.ETag)
  assert.deepEqual([got.ContentType, got.Metadata], ['image/jpeg', { order: '17' }])
  assert.equal(got.TagCount, 1)
  assert(Buffer.alloc(500, 5).equals(await got.Body!.transformToByteArray()))
})

test('a form may ask to be answered with 201 and the place of its object', async t => {
  const bed = await openBed(t)
  const fields = { 'Content-Type': 'image/jpeg', success_action_status: '201' }
  const reply = await send(await policy(bed, { Fields: fields }))
  assert.equal(reply.status, 201)
  assert.match(await reply.text(), /<PostResponse.*<Key>post\/rx.jpg<\/Key>/)
})

test('a file above or below the size range is refused and nothing is kept', async t => {
  const bed = await openBed(t)
  const post = await policy(bed)
  await refusedReply(await send(post, { bytes: bytesMax + 1 }), 'EntityTooLarge', 400)
  await refusedReply(await send(post, { bytes: 8 << 20 }), 'EntityTooLarge', 400)
  await refusedReply(await send(post, { bytes: 9 }), 'EntityTooSmall', 400)
  const head = bed.s3.send(new HeadObjectCommand({ Bucket, Key: 'post/rx.jpg' }))
  await assert.rejects(head, { name: 'NotFound' })
  assert.equal((await send(post, { bytes: bytesMax })).status, 204)
})

test('another content type, key or bucket, and fields the policy does not name, are refused', async t => {
  const bed = await openBed(t, { buckets: [Bucket, 'other-bucket'] })
  const post = await policy(bed)
  const changes: Sent[] = [
    { fields: { 'Content-Type': 'text/html' } },
    { drop: 'Content-Type' },
    { fields: { key: 'post/another.jpg' } },
    { fields: { 'x-amz-meta-extra': '1' } },
    { fields: { 'x-amz-storage-class': 'STANDARD' } },
    { fields: { bucket: 'other-bucket' } },
  ]
  for (const change of changes) {
    await refusedReply(await send(post, change), 'AccessDenied', 403)
  }
  const elsewhere = post.url.replace(Bucket, 'other-bucket')
  assert.notEqual(elsewhere, post.url)
  await refusedReply(await send(post, {}, elsewhere), 'AccessDenied', 403)
  await refusedReply(await send(post, { drop: 'bucket' }, elsewhere), 'AccessDenied', 403)
})

test('a starts-with condition allows its prefix only', async t => {
  const bed = await openBed(t)
  const Conditions = [['starts-with', '$Content-Type', 'image/']]
  const post = await policy(bed, { Conditions, Fields: {} })
  const png = await send(post, { fields: { 'Content-Type': 'image/png' } })
  assert.equal(png.status, 204, await png.text())
  const html = await send(post, { fields: { 'Content-Type': 'text/html' } })
  await refusedReply(html, 'AccessDenied', 403)
})

test('an altered, unsigned, foreign or expired policy is refused', async t => {
  const bed = await openBed(t)
  const post = await policy(bed)
  const decoded = Buffer.from(post.fields.Policy ?? '', 'base64').toString()
  const widened = Buffer.from(decoded.replace(String(bytesMax), '9999999')).toString('base64')
  assert.notEqual(widened, post.fields.Policy)
  await refusedReply(
    await send(post, { fields: { Policy: widened } }),
    'SignatureDoesNotMatch',
    403,
  )
  await refusedReply(await send(post, { drop: 'Policy' }), 'AccessDenied', 403)
  await refusedReply(await send(post, { drop: 'X-Amz-Signature' }), 'SignatureDoesNotMatch', 403)
  const credential = (post.fields['X-Amz-Credential'] ?? '').replace('local-key', 'stranger')
  const stranger = await send(post, { fields: { 'X-Amz-Credential': credential } })
  await refusedReply(stranger, 'InvalidAccessKeyId', 403)
  const expired = await policy(bed, { Expires: -1 })
  await refusedReply(await send(expired), 'AccessDenied', 403)
})

test('a form without a file, with a field twice, or cut short stores nothing', async t => {
  const bed = await openBed(t)
  const { url, fields } = await policy(bed)
  const bare = new FormData()
  for (const [name, value] of Object.entries(fields)) bare.append(name, value)
  const noFile = await fetch(url, { method: 'POST', body: bare })
  await refusedReply(noFile, 'MalformedPOSTRequest', 400)
  bare.append('key', 'post/again.jpg')
  const twice = await fetch(url, { method: 'POST', body: bare })
  await refusedReply(twice, 'MalformedPOSTRequest', 400)
  const boundary = '----form'
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`
  const cut = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}${file}${'x'.repeat(100)}`,
  })
  await refusedReply(cut, 'MalformedPOSTRequest', 400)
  const head = bed.s3.send(new HeadObjectCommand({ Bucket, Key: 'post/rx.jpg' }))
  await assert.rejects(head, { name: 'NotFound' })
})

test('a file name never becomes a key', async t => {
  const bed = await openBed(t)
  const post = await policy(bed, { Key: 'post/${filename}' })
  await refusedReply(await send(post), 'NotImplemented', 501)
})

test('a large file under a refused policy is answered, not cut off', async t => {
  const bed = await openBed(t)
  const post = await policy(bed)
  const reply = await send(post, { bytes: 8 << 20, fields: { key: 'post/another.jpg' } })
  await refusedReply(reply, 'AccessDenied', 403)
})

test('fields beyond their limits are refused', async t => {
  const bed = await openBed(t)
  const post = await policy(bed)
  const long = await send(post, { fields: { 'x-ignore-note': 'x'.repeat(30_000) } })
  await refusedReply(long, 'MaxMessageLengthExceeded', 400)
  const many = Array.from({ length: 80 }, (_, n) => [`x-ignore-${n}`, '1'])
  await refusedReply(
    await send(post, { fields: Object.fromEntries(many) }),
    'MalformedPOSTRequest',
    400,
  )
})
