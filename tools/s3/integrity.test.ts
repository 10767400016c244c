import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { decodeAwsChunked } from './aws-chunked.ts'
import { checksumAlgorithms, startChecksum } from './checksums.ts'
import { sha256Hex, signingKey, textSignature } from './signature.ts'
import { bucket as Bucket, openBed, refused } from './test-bed.ts'
import { verifiedBody } from './verified-body.ts'

// The published check values of each algorithm for the digits one to nine.
const checkValues = {
  crc32: 'cbf43926',
  crc32c: 'e3069283',
  crc64nvme: 'ae8b14860a799888',
  sha1: createHash('sha1').update('123456789').digest('hex'),
  sha256: createHash('sha256').update('123456789').digest('hex'),
}

test('every checksum gives its published value, however the body is cut', async () => {
  for (const algorithm of checksumAlgorithms) {
    const running = startChecksum(algorithm)
    for (const piece of ['1234', '', '56789']) running.update(Buffer.from(piece))
    assert.equal(Buffer.from(await running.digest()).toString('hex'), checkValues[algorithm])
  }
})

test('each checksum the SDK can send is verified, in a header and in a trailer', async t => {
  const { s3, put } = await openBed(t)
  for (const algorithm of checksumAlgorithms) {
    const ChecksumAlgorithm = algorithm.toUpperCase()
    await put(algorithm, 'body', { ChecksumAlgorithm })
    const stream = Readable.from([Buffer.from('bo'), Buffer.from('dy')])
    await put(`${algorithm}-stream`, stream, { ChecksumAlgorithm, ContentLength: 4 })
    for (const Key of [algorithm, `${algorithm}-stream`]) {
      const command = new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })
      const got = await s3.send(command)
      assert.equal(await got.Body!.transformToString(), 'body')
      const running = startChecksum(algorithm)
      running.update(Buffer.from('body'))
      const expected = Buffer.from(await running.digest()).toString('base64')
      assert.equal(got[`Checksum${ChecksumAlgorithm}` as 'ChecksumSHA1'], expected)
    }
  }
})

test('a body that is not the promised one is refused and leaves nothing', async t => {
  const { put, root, text } = await openBed(t)
  await put('kept', 'before')
  const wrong = (hash: string) => createHash(hash).update('other').digest('base64')
  const bodies: [object, string][] = [
    [{ ContentMD5: wrong('md5') }, 'BadDigest'],
    [{ ContentMD5: 'bm90IGFuIG1kNQ==' }, 'InvalidDigest'],
    [{ ChecksumSHA256: wrong('sha256') }, 'BadDigest'],
    [{ ChecksumSHA1: wrong('sha1') }, 'BadDigest'],
    [{ ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    [{ ChecksumCRC32C: 'AAAAAA==' }, 'BadDigest'],
    [{ ChecksumCRC64NVME: 'AAAAAAAAAAA=' }, 'BadDigest'],
    [{ ChecksumCRC32: 'short' }, 'InvalidRequest'],
  ]
  for (const [more, code] of bodies) await refused(put('kept', 'after', more), code, 400)
  const md5 = createHash('md5').update('fine').digest('base64')
  await put('fine', 'fine', { ContentMD5: md5 })
  assert.equal(await text('kept'), 'before')
  assert.deepEqual(await readdir(path.join(root, 'temporary')), [])
})

test('metadata beyond S3’s limit is refused', async t => {
  const { put } = await openBed(t)
  await refused(put('a', 'x', { Metadata: { a: 'x'.repeat(2048) } }), 'MetadataTooLarge', 400)
})

async function collect(chunks: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  return Buffer.concat(pieces).toString()
}

const signing = {
  key: signingKey('secret', '20261122/ap-south-1/s3/aws4_request'),
  date: '20261122T100000Z',
  scope: '20261122/ap-south-1/s3/aws4_request',
  seed: 'a'.repeat(64),
}

function sign(kind: string, previous: string, ...hashes: string[]): string {
  const { key, date, scope } = signing
  return textSignature(
    key,
    [`AWS4-HMAC-SHA256-${kind}`, date, scope, previous, ...hashes].join('\n'),
  )
}

/** A body in signed chunks with a signed trailer. */
function signedBody(pieces: string[], trailer: string): string {
  let previous = signing.seed
  let body = ''
  for (const piece of [...pieces, '']) {
    previous = sign('PAYLOAD', previous, sha256Hex(''), sha256Hex(piece))
    body += `${piece.length.toString(16)};chunk-signature=${previous}\r\n${piece}`
    if (piece !== '') body += '\r\n'
  }
  const signature = sign('TRAILER', previous, sha256Hex(`${trailer}\n`))
  return `${body}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`
}

function decode(body: string, piece: number, signed = true): Promise<string> {
  const bytes = Buffer.from(body)
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) =>
    bytes.subarray(n * piece, (n + 1) * piece),
  )
  const announced = ['x-amz-checksum-crc32']
  const options = { signing: signed ? signing : undefined, announced, trailers: new Map() }
  return collect(decodeAwsChunked(Readable.from(pieces), options))
}

test('signed chunks are decoded and proven however the network cuts them', async () => {
  const body = signedBody(['first piece', 'second'], 'x-amz-checksum-crc32:AAAAAA==')
  for (const piece of [1, 2, 7, 64, 100_000]) {
    assert.equal(await decode(body, piece), 'first piecesecond')
  }
})

test('a changed chunk, trailer, order or end of a signed body is refused', async () => {
  const body = signedBody(['first piece', 'second'], 'x-amz-checksum-crc32:AAAAAA==')
  const badSignature = { code: 'SignatureDoesNotMatch' }
  await assert.rejects(decode(body.replace('first', 'thirs'), 50), badSignature)
  await assert.rejects(decode(body.replace('AAAAAA==', 'AAAAAQ=='), 50), badSignature)
  await assert.rejects(decode(body.replace(/;chunk-signature=\w+/, ''), 50), badSignature)
  await assert.rejects(decode(body.slice(0, -10), 50), { code: 'IncompleteBody' })
  const other = body.replace('x-amz-checksum-crc32', 'x-amz-checksum-sha1')
  await assert.rejects(decode(other, 50), { code: 'MalformedTrailerError' })
  const none = '4\r\nbody\r\n0\r\n\r\n'
  await assert.rejects(decode(none, 50, false), { code: 'MalformedTrailerError' })
  await assert.rejects(decode('zz\r\nbody', 50, false), { code: 'IncompleteBody' })
  const endless = 'f'.repeat(20_000)
  await assert.rejects(decode(endless, 5_000, false), { code: 'IncompleteBody' })
})

test('a body longer or shorter than it was announced is refused', async () => {
  const read = (sizeBytes: number, bytesMax: number) =>
    collect(verifiedBody(Readable.from([Buffer.from('12345')]), { sizeBytes, bytesMax }).chunks)
  assert.equal(await read(5, 5), '12345')
  await assert.rejects(read(4, 9), { code: 'IncompleteBody' })
  await assert.rejects(read(6, 9), { code: 'IncompleteBody' })
  await assert.rejects(read(5, 4), { code: 'EntityTooLarge' })
})
