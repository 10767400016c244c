import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { authenticate } from './authenticate.ts'
import type { S3Request } from './s3-request.ts'
import { canonicalRequest, requestSignature, sha256Hex, signingKey } from './signature.ts'
import { bucket as Bucket, clientOf, keys, openBed, refused, refusedReply } from './test-bed.ts'

// The example of AWS's own documentation, "GET Object" in "Signature Calculations: Examples".
const example = {
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  date: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
  signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
}

test('the signature of the published example is the published one', () => {
  const canonical = canonicalRequest({
    method: 'GET',
    path: '/test.txt',
    query: [],
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': sha256Hex(''),
      'x-amz-date': example.date,
    },
    signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
    payloadHash: sha256Hex(''),
  })
  const { secret, date, scope } = example
  const key = signingKey(secret, scope)
  assert.equal(requestSignature(key, { date, scope, canonical }), example.signature)
})

test('query parameters are signed in the order of their names, not of their text', () => {
  const query: [string, string][] = [
    ['a-b', '1'],
    ['a', '2'],
    ['a', '1'],
  ]
  const parts = { method: 'GET', path: '/', headers: {}, signedHeaders: [], payloadHash: '' }
  assert.equal(canonicalRequest({ ...parts, query }).split('\n')[2], 'a=1&a=2&a-b=1')
})

test('a wrong secret, an unknown key and no signature at all are refused', async t => {
  const { endpoint, put } = await openBed(t)
  await put('private', 'x')
  const wrong = clientOf(endpoint, {
    credentials: { ...keys, secretAccessKey: 'wrong-secret' },
  })
  const stranger = clientOf(endpoint, { credentials: { ...keys, accessKeyId: 'stranger' } })
  t.after(() => {
    wrong.destroy()
    stranger.destroy()
  })
  await refused(wrong.send(new ListObjectsV2Command({ Bucket })), 'SignatureDoesNotMatch', 403)
  await refused(stranger.send(new ListObjectsV2Command({ Bucket })), 'InvalidAccessKeyId', 403)
  for (const path of [`/${Bucket}/private`, `/${Bucket}/absent`, `/${Bucket}`, '/', '/nowhere/x']) {
    await refusedReply(await fetch(endpoint + path), 'AccessDenied', 403)
  }
  for (const method of ['PUT', 'DELETE', 'POST']) {
    await refusedReply(
      await fetch(`${endpoint}/${Bucket}/private`, { method }),
      'AccessDenied',
      403,
    )
  }
})

test('health is answered without a signature', async t => {
  const { endpoint } = await openBed(t)
  assert.equal((await fetch(`${endpoint}/health`)).status, 200)
})

test('a clock more than fifteen minutes off is refused', async t => {
  const { endpoint } = await openBed(t)
  for (const minutes of [-16, 16]) {
    const s3 = clientOf(endpoint, { systemClockOffset: minutes * 60_000 })
    await refused(s3.send(new ListObjectsV2Command({ Bucket })), 'RequestTimeTooSkewed', 403)
    s3.destroy()
  }
})

const nowMs = Date.parse('2026-11-22T10:00:00Z')

/** A request signed by our own arithmetic, which the published example has proven. */
function signedRequest(change: {
  headers?: Record<string, string>
  signedHeaders?: string[]
  scope?: string
}): S3Request {
  const date = '20261122T100000Z'
  const scope = change.scope ?? '20261122/ap-south-1/s3/aws4_request'
  const headers = {
    host: 'localhost',
    'x-amz-date': date,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    ...change.headers,
  }
  const signedHeaders = change.signedHeaders ?? Object.keys(headers).sort()
  const payloadHash = headers['x-amz-content-sha256']
  const parts = { method: 'GET', path: '/b/k', query: [], headers, signedHeaders, payloadHash }
  const canonical = canonicalRequest(parts)
  const signature = requestSignature(signingKey(keys.secretAccessKey, scope), {
    date,
    scope,
    canonical,
  })
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return {
    method: 'GET',
    bucket: 'b',
    key: 'k',
    hasTrailingSlash: false,
    query: [],
    headers: { ...headers, authorization },
  }
}

test('every header that matters must be covered by the signature', () => {
  assert(authenticate(signedRequest({}), keys, nowMs))
  const signedHeaders = ['host', 'x-amz-content-sha256', 'x-amz-date']
  for (const name of ['x-amz-meta-owner', 'x-amz-acl', 'content-type']) {
    const request = signedRequest({ headers: { [name]: 'slipped in' }, signedHeaders })
    assert.throws(() => authenticate(request, keys, nowMs), { code: 'AccessDenied' }, name)
  }
  const noHost = signedRequest({ signedHeaders: ['x-amz-content-sha256', 'x-amz-date'] })
  assert.throws(() => authenticate(noHost, keys, nowMs), { code: 'AccessDenied' })
})

test('a scope of another day, another service or no region is refused', () => {
  const scopes = [
    '20261121/ap-south-1/s3/aws4_request',
    '20261122/ap-south-1/ec2/aws4_request',
    '20261122//s3/aws4_request',
    '20261122/ap-south-1/s3/aws4_request/more',
  ]
  for (const scope of scopes) {
    const request = signedRequest({ scope })
    assert.throws(() => authenticate(request, keys, nowMs), {
      code: 'AuthorizationHeaderMalformed',
    })
  }
})

test('a signed request whose method, key or header changed on the way is refused', () => {
  const request = signedRequest({ headers: { range: 'bytes=0-1' } })
  const changes: Partial<S3Request>[] = [
    { method: 'DELETE' },
    { key: 'other' },
    { bucket: 'other' },
    { query: [['tagging', '']] },
    { headers: { ...request.headers, range: 'bytes=0-9' } },
  ]
  for (const change of changes) {
    const tampered = { ...request, ...change }
    assert.throws(() => authenticate(tampered, keys, nowMs), { code: 'SignatureDoesNotMatch' })
  }
})

test('a malformed target and too many headers are refused before anything is done', async t => {
  const { endpoint } = await openBed(t)
  await refusedReply(await fetch(`${endpoint}/${Bucket}/%ff`), 'InvalidURI', 400)
  const headers = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`x-more-${n}`, '1']))
  const reply = await fetch(`${endpoint}/${Bucket}/a`, { headers })
  await refusedReply(reply, 'RequestHeaderSectionTooLarge', 400)
})

test('the server listens on the loopback address only', async t => {
  const { endpoint } = await openBed(t)
  assert.equal(new URL(endpoint).hostname, '127.0.0.1')
  const { port } = new URL(endpoint)
  // 127.0.0.2 is this machine as well; a server on every address would answer there.
  const other = http.get({ host: '127.0.0.2', port, path: '/health' })
  const outcome = await new Promise(resolve => {
    other.once('response', () => resolve('answered'))
    other.once('error', () => resolve('refused'))
  })
  other.destroy()
  assert.equal(outcome, 'refused')
})
