import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf } from './upload-kind.ts'
import { drawSample, writePdf } from './uploads-for-tests.ts'

const small = () => drawSample('kind', 400, 500)
const zipEnd = (comment = '') =>
  Buffer.concat([
    Buffer.from('504b0506', 'hex'),
    Buffer.alloc(16),
    Buffer.from([comment.length, 0]),
    Buffer.from(comment),
  ])

test('the bytes say what a file is', async () => {
  assert.equal(kindOf(await small().jpeg().toBuffer()), 'jpeg')
  assert.equal(kindOf(await small().png().toBuffer()), 'png')
  assert.equal(kindOf(await small().webp().toBuffer()), 'webp')
  assert.equal(kindOf(writePdf(1)), 'pdf')
})

test('what cannot be a page is named, so that its sender can be told what to do', () => {
  const heic = Buffer.from('00000018667479706865696300000000', 'hex')
  for (const [bytes, refusal] of [
    [Buffer.alloc(0), 'empty'],
    [heic, 'heic'],
    [Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    [Buffer.from('MZ and so on'), 'unknown_type'],
    [Buffer.from('\n%PDF-1.7'), 'unknown_type'],
    [Buffer.from('GIF89a'), 'unknown_type'],
  ] as const) {
    assert.deepEqual(kindOf(bytes), { refusal }, refusal)
  }
})

test('a file that two programs would read differently is refused', async () => {
  const jpeg = await small().jpeg().toBuffer()
  const png = await small().png().toBuffer()
  const comment = (text: string) =>
    Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, text.length + 2]),
      Buffer.from(text),
      jpeg.subarray(2),
    ])
  for (const [name, bytes] of [
    ['a picture that is a PDF, too', comment('%PDF-1.4')],
    ['a picture that is a zip, too', Buffer.concat([jpeg, zipEnd()])],
    ['a zip with a comment', Buffer.concat([png, zipEnd('hello')])],
    ['a picture with a page of script', Buffer.concat([png, Buffer.from('<script>a()</script>')])],
    ['a picture with a program for a server', comment('<?php echo 1')],
    ['a PDF that is a zip, too', Buffer.concat([writePdf(1), zipEnd()])],
  ] as const) {
    assert.deepEqual(kindOf(bytes), { refusal: 'two_things_at_once' }, name)
  }
  assert.equal(kindOf(Buffer.concat([jpeg, zipEnd(), Buffer.from('more')])), 'jpeg')
})
