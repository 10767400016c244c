import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { startLocalS3 } from './index.ts'
import { type Bed, bucket as Bucket, clientOf, keys, openBed, refused } from './test-bed.ts'

const Key = 'scans/long.pdf'
const partBytes = 5 << 20

type Begin = Partial<CreateMultipartUploadCommandInput>

function uploader({ s3 }: Pick<Bed, 's3'>) {
  return {
    begin: async (more: Begin = {}) => {
      const command = new CreateMultipartUploadCommand({ Bucket, Key, ...more })
      return (await s3.send(command)).UploadId ?? ''
    },
    part: async (UploadId: string, PartNumber: number, Body: Buffer, more: object = {}) => {
      const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more })
      const { ETag, ChecksumCRC32 } = await s3.send(command)
      return { PartNumber, ETag, ChecksumCRC32 }
    },
    complete: (UploadId: string, Parts: CompletedPart[], more: object = {}) => {
      const MultipartUpload = { Parts }
      const input = { Bucket, Key, UploadId, MultipartUpload, ...more }
      return s3.send(new CompleteMultipartUploadCommand(input))
    },
    listed: async (UploadId: string, more: object = {}) =>
      await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, ...more })),
  }
}

function md5(...pieces: Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(pieces)).digest()
}

test('parts become one object whose ETag is made of theirs', async t => {
  const bed = await openBed(t)
  const upload = uploader(bed)
  const how: Begin = { ChecksumAlgorithm: 'CRC32', ContentType: 'application/pdf' }
  const id = await upload.begin({ ...how, Metadata: { a: 'b' } })
  const bodies = [Buffer.alloc(partBytes, 1), Buffer.alloc(partBytes, 2), Buffer.alloc(1, 3)]
  const parts = [
    await upload.part(id, 7, bodies[2]!),
    await upload.part(id, 1, Buffer.from('replaced by the next')),
    await upload.part(id, 1, bodies[0]!),
    await upload.part(id, 2, bodies[1]!),
  ]
  const [last, , first, second] = parts
  assert.equal(first!.ETag, `"${md5(bodies[0]!).toString('hex')}"`)
  const done = await upload.complete(id, [first!, second!, last!])
  const etag = `"${md5(...bodies.map(body => md5(body))).toString('hex')}-3"`
  assert.equal(done.ETag, etag)
  assert.match(done.ChecksumCRC32 ?? '', /-3$/)
  const got = await bed.s3.send(new GetObjectCommand({ Bucket, Key }))
  assert.deepEqual([got.ETag, got.ContentType, got.Metadata], [etag, 'application/pdf', { a: 'b' }])
  assert(Buffer.concat(bodies).equals(await got.Body!.transformToByteArray()))
  await refused(upload.complete(id, [first!]), 'NoSuchUpload', 404)
  assert.deepEqual(await readdir(path.join(bed.root, 'uploads')), [])
})

test('a full-object checksum is verified over the joined parts', async t => {
  const bed = await openBed(t)
  const upload = uploader(bed)
  const how: Begin = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }
  const id = await upload.begin(how)
  const part = await upload.part(id, 1, Buffer.from('123456789'))
  const wrong = upload.complete(id, [part], { ChecksumCRC32: 'AAAAAA==' })
  await refused(wrong, 'BadDigest', 400)
  // The check value every CRC-32 publishes for the digits one to nine: cbf43926.
  const done = await upload.complete(id, [part], { ChecksumCRC32: 'y/Q5Jg==' })
  assert.equal(done.ChecksumCRC32, 'y/Q5Jg==')
})

test('a part of the wrong number, order, ETag, checksum or size is refused', async t => {
  const bed = await openBed(t)
  const upload = uploader(bed)
  const id = await upload.begin()
  const small = await upload.part(id, 1, Buffer.from('small'))
  const end = await upload.part(id, 2, Buffer.from('end'))
  await refused(upload.complete(id, [end, small]), 'InvalidPartOrder', 400)
  await refused(upload.complete(id, [small, end]), 'EntityTooSmall', 400)
  await refused(upload.complete(id, [{ ...end, ETag: '"0"' }]), 'InvalidPart', 400)
  await refused(upload.complete(id, [{ ...end, ChecksumCRC32: 'AAAAAA==' }]), 'InvalidPart', 400)
  await refused(upload.complete(id, [{ ...end, PartNumber: 3 }]), 'InvalidPart', 400)
  await refused(upload.complete(id, []), 'MalformedXML', 400)
  await refused(upload.part(id, 10_001, Buffer.from('x')), 'InvalidArgument', 400)
  await refused(upload.part(id, 3, Buffer.from('x'), { ContentMD5: 'x' }), 'InvalidDigest', 400)
  await refused(upload.part('unknown', 1, Buffer.from('x')), 'NoSuchUpload', 404)
  await refused(bed.s3.send(new HeadObjectCommand({ Bucket, Key })), 'NotFound', 404)
  await upload.complete(id, [end])
  assert.equal(await bed.text(Key), 'end')
})

test('a completion keeps its If-None-Match promise', async t => {
  const bed = await openBed(t)
  const upload = uploader(bed)
  const id = await upload.begin()
  const part = await upload.part(id, 1, Buffer.from('later'))
  await bed.put(Key, 'first')
  await refused(upload.complete(id, [part], { IfNoneMatch: '*' }), 'PreconditionFailed', 412)
  assert.equal(await bed.text(Key), 'first')
})

test('parts and uploads are listed in pages, and an aborted one is gone', async t => {
  const bed = await openBed(t)
  const upload = uploader(bed)
  const id = await upload.begin()
  for (const number of [1, 3, 2]) await upload.part(id, number, Buffer.from(`part ${number}`))
  const first = await upload.listed(id, { MaxParts: 2 })
  assert.deepEqual([first.Parts?.map(part => part.PartNumber), first.IsTruncated], [[1, 2], true])
  const rest = await upload.listed(id, { PartNumberMarker: first.NextPartNumberMarker })
  assert.deepEqual([rest.Parts?.map(part => part.Size), rest.IsTruncated], [[6], false])
  const other = await upload.begin({ Key: 'scans/other.pdf' })
  const all = await bed.s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1 }))
  assert.deepEqual([all.Uploads?.map(each => each.UploadId), all.IsTruncated], [[id], true])
  const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = all
  const page = new ListMultipartUploadsCommand({ Bucket, KeyMarker, UploadIdMarker })
  const next = await bed.s3.send(page)
  assert.deepEqual(
    next.Uploads?.map(each => each.UploadId),
    [other],
  )
  await bed.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: id }))
  await refused(upload.listed(id), 'NoSuchUpload', 404)
  await refused(upload.part(id, 4, Buffer.from('late')), 'NoSuchUpload', 404)
})

test('an upload under way survives a restart of the server', async t => {
  const bed = await openBed(t)
  const id = await uploader(bed).begin()
  const part = await uploader(bed).part(id, 1, Buffer.from('kept'))
  await bed.put('object', 'kept too', { Tagging: 'scan=clean' })
  await assert.rejects(startLocalS3({ root: bed.root, ...keys }), /already served/)
  await bed.stop()
  const again = await startLocalS3({ root: bed.root, ...keys })
  const s3 = clientOf(again.endpoint)
  t.after(async () => {
    s3.destroy()
    await again.stop()
  })
  await uploader({ s3 }).complete(id, [part])
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }))
  assert.equal(head.ContentLength, 4)
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'object' }))
  assert.deepEqual([await object.Body!.transformToString(), object.TagCount], ['kept too', 1])
})
