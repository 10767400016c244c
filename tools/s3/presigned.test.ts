import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { bucket as Bucket, clientOf, openBed, refusedReply } from './test-bed.ts'

test('a presigned GET reads one object under the name it was given', async t => {
  const { s3, put } = await openBed(t)
  await put('a/b c.pdf', 'the bytes', { ContentType: 'application/pdf' })
  const command = new GetObjectCommand({
    Bucket,
    Key: 'a/b c.pdf',
    ResponseContentDisposition: 'attachment; filename="rx.pdf"',
  })
  const reply = await fetch(await getSignedUrl(s3, command, { expiresIn: 60 }))
  assert.equal(reply.status, 200)
  assert.equal(await reply.text(), 'the bytes')
  assert.equal(reply.headers.get('content-disposition'), 'attachment; filename="rx.pdf"')
  assert.equal(reply.headers.get('content-type'), 'application/pdf')
})

test('a presigned URL is refused for another key, method, parameter or longer life', async t => {
  const { s3, put } = await openBed(t)
  await put('mine', 'x')
  await put('yours', 'x')
  const command = new GetObjectCommand({ Bucket, Key: 'mine' })
  const url = await getSignedUrl(s3, command, { expiresIn: 60 })
  const tampered = [
    url.replace('/mine', '/yours'),
    url.replace('Expires=60', 'Expires=600'),
    `${url}&response-content-type=text%2Fhtml`,
    url.replace(/X-Amz-Signature=./, match =>
      match.endsWith('0') ? match.slice(0, -1) + '1' : match.slice(0, -1) + '0',
    ),
  ]
  for (const each of tampered) await refusedReply(await fetch(each), 'SignatureDoesNotMatch', 403)
  const removal = await fetch(url, { method: 'DELETE' })
  await refusedReply(removal, 'SignatureDoesNotMatch', 403)
  const headers = { 'x-amz-meta-note': 'slipped in' }
  await refusedReply(await fetch(url, { headers }), 'AccessDenied', 403)
  assert.equal((await fetch(url)).status, 200)
})

test('a presigned URL is refused once expired, before it begins, and beyond a week', async t => {
  const { s3, put } = await openBed(t)
  await put('mine', 'x')
  const command = new GetObjectCommand({ Bucket, Key: 'mine' })
  const signedAt = (secondsFromNow: number, expiresIn: number): Promise<string> => {
    const signingDate = new Date(Date.now() + secondsFromNow * 1000)
    return getSignedUrl(s3, command, { expiresIn, signingDate })
  }
  await refusedReply(await fetch(await signedAt(-120, 60)), 'AccessDenied', 403)
  await refusedReply(await fetch(await signedAt(3600, 60)), 'AccessDenied', 403)
  const week = (await signedAt(0, 60)).replace('Expires=60', 'Expires=604801')
  await refusedReply(await fetch(week), 'AuthorizationQueryParametersError', 400)
  const brief = await signedAt(0, 1)
  await sleep(2100)
  await refusedReply(await fetch(brief), 'AccessDenied', 403)
})

test('a URL that carries two signatures is refused', async t => {
  const { s3 } = await openBed(t)
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'a' }), { expiresIn: 60 })
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=a' }
  await refusedReply(await fetch(url, { headers }), 'InvalidArgument', 400)
})

test('a presigned PUT stores the type it was signed for and no other', async t => {
  const { endpoint } = await openBed(t)
  const s3 = clientOf(endpoint, { requestChecksumCalculation: 'WHEN_REQUIRED' })
  t.after(() => s3.destroy())
  const command = new PutObjectCommand({
    Bucket,
    Key: 'up',
    ContentType: 'image/jpeg',
    Metadata: { by: 'counter' },
  })
  const signableHeaders = new Set(['content-type'])
  const url = await getSignedUrl(s3, command, { expiresIn: 60, signableHeaders })
  const put = (type: string): Promise<Response> =>
    fetch(url, { method: 'PUT', body: 'jpeg', headers: { 'content-type': type } })
  await refusedReply(await put('text/html'), 'SignatureDoesNotMatch', 403)
  const stored = await put('image/jpeg')
  assert.equal(stored.status, 200, await stored.text())
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'up' }))
  assert.deepEqual(
    [head.ContentLength, head.ContentType, head.Metadata],
    [4, 'image/jpeg', { by: 'counter' }],
  )
})

test('the checksum of an empty body that the SDK signs into a PUT by default is enforced', async t => {
  const { s3 } = await openBed(t)
  const command = new PutObjectCommand({ Bucket, Key: 'up' })
  const url = await getSignedUrl(s3, command, { expiresIn: 60 })
  await refusedReply(await fetch(url, { method: 'PUT', body: 'jpeg' }), 'BadDigest', 400)
})
