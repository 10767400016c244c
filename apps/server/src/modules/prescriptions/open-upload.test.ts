import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import sharp from 'sharp'
import { openUpload, type OpeningLimits } from './open-upload.ts'
import type { UploadKind } from './upload-kind.ts'
import { drawSample, writePdf } from './uploads-for-tests.ts'

const limits: OpeningLimits = {
  pagesMax: 20,
  pixelsMax: 50_000_000,
  sideLeast: 300,
  msMax: 120_000,
  bytesMax: 700 * 1024 * 1024,
}
const refusalOf = async (bytes: Buffer, kind: UploadKind, more: Partial<OpeningLimits> = {}) => {
  const opened = await openUpload(bytes, kind, { ...limits, ...more })
  return 'refusal' in opened ? opened.refusal : opened.pages.length
}

test('a photo becomes three sizes, upright, without the notes of the camera', async () => {
  const sent = await drawSample('notes')
    .withExif({
      IFD0: { Make: 'Phone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 43/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  assert.ok((await sharp(sent).metadata()).exif, 'the sample carries notes')
  const opened = await openUpload(sent, 'jpeg')
  assert.ok('pages' in opened)
  const [page] = opened.pages
  assert.deepEqual([page?.width, page?.height], [1_600, 1_200])
  assert.deepEqual([page?.isDark, page?.isBlurred], [false, false])
  const formats = { whole: 'jpeg', screen: 'webp', small: 'webp' } as const
  for (const [size, format] of Object.entries(formats)) {
    const made = await sharp(page!.files[size as keyof typeof formats]).metadata()
    assert.deepEqual(
      [made.format, made.exif, made.xmp, made.iptc],
      [format, undefined, undefined, undefined],
    )
  }
  assert.equal((await sharp(page!.files.small).metadata()).width, 320)
})

test('a dark and a blurred photo are taken, with a hint', async () => {
  const dark = await drawSample('dark').linear(0.2, 0).jpeg().toBuffer()
  const blurred = await drawSample('blurred').blur(8).jpeg().toBuffer()
  const hints = []
  for (const sent of [dark, blurred]) {
    const opened = await openUpload(sent, 'jpeg')
    assert.ok('pages' in opened)
    hints.push([opened.pages[0]?.isDark, opened.pages[0]?.isBlurred])
  }
  assert.deepEqual(hints, [
    [true, false],
    [false, true],
  ])
})

test('a PDF becomes pictures of its pages, in their colours', async () => {
  const opened = await openUpload(writePdf(2), 'pdf')
  assert.ok('pages' in opened)
  assert.deepEqual(
    opened.pages.map(({ page, width, height }) => [page, width, height]),
    [
      [1, 1_696, 2_400],
      [2, 1_696, 2_400],
    ],
  )
  const { data } = await sharp(opened.pages[0]!.files.whole)
    .extract({ left: 500, top: 1_800, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [red = 0, green = 255, blue = 255] = data
  assert.ok(red > 200 && green < 60 && blue < 60, `the red square is ${[...data].join()}`)
})

test('a picture of 100 million pixels is refused before it is unpacked', async () => {
  const bomb = await sharp({
    create: { width: 10_000, height: 10_000, channels: 3, background: '#777' },
  })
    .png({ palette: true })
    .toBuffer()
  assert.ok(bomb.length < 500_000, 'the bomb is not small')
  assert.equal(await refusalOf(bomb, 'png'), 'too_many_pixels')
})

test('a truncated JPEG, a broken PNG and a broken PDF are damaged', async () => {
  const jpeg = await drawSample('half').jpeg().toBuffer()
  assert.equal(await refusalOf(jpeg.subarray(0, jpeg.length / 2), 'jpeg'), 'damaged')
  const png = await drawSample('half').png().toBuffer()
  assert.equal(
    await refusalOf(Buffer.concat([png.subarray(0, 60), Buffer.alloc(900, 7)]), 'png'),
    'damaged',
  )
  assert.equal(await refusalOf(Buffer.from('%PDF-1.7 and nothing else'), 'pdf'), 'damaged')
  assert.equal(await refusalOf(writePdf(0), 'pdf'), 'damaged')
})

test('a PDF of 500 pages is refused unopened, one with a password asks for none', async () => {
  assert.equal(await refusalOf(writePdf(500), 'pdf'), 'too_many_pages')
  assert.equal(await refusalOf(writePdf(1, { isLocked: true }), 'pdf'), 'locked')
})

test('a page of two kilometres is drawn like any other, a strip is too small to read', async () => {
  assert.equal(await refusalOf(writePdf(1, { box: '0 0 5000000 5000000' }), 'pdf'), 1)
  assert.equal(await refusalOf(writePdf(1, { box: '0 0 20000 20' }), 'pdf'), 'too_small')
  assert.equal(
    await refusalOf(await drawSample('x', 200, 900).png().toBuffer(), 'png'),
    'too_small',
  )
})

test('a file that takes too long or too much memory ends its reader and nobody else', async () => {
  assert.equal(await refusalOf(writePdf(20), 'pdf', { msMax: 300 }), 'too_heavy')
  const jpeg = await drawSample('heavy').jpeg().toBuffer()
  assert.equal(await refusalOf(jpeg, 'jpeg', { bytesMax: 1_000_000 }), 'too_heavy')
  assert.equal(await refusalOf(jpeg, 'jpeg'), 1)
})

test('nothing is left running or written when a file was opened', async () => {
  const jpeg = await drawSample('left').jpeg().toBuffer()
  await Promise.all([refusalOf(jpeg, 'jpeg'), refusalOf(jpeg, 'jpeg')])
  const children = []
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const { readFile } = await import('node:fs/promises')
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const state = status.slice(status.lastIndexOf(')') + 2).split(' ')[0]
    if (Number(parent) === process.pid && state !== 'Z') children.push(pid)
  }
  assert.ok(children.length <= 1, `children ${children.join()} are left`)
})
