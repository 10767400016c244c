import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { startLocalS3 } from '@janta/tools/s3/index'
import sharp from 'sharp'
import { addPack, personCaller } from '#test/shelf-for-tests'
import { type Files, openFiles } from '#kernel/files'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { checkPhoto } from './check-photo.ts'
import { findPhotos, photoKey, photosMax } from './find-photos.ts'
import { lookAtPhoto } from './look-at-photo.ts'
import { photoKindOf, quarantineKey } from './photo-rules.ts'
import { makePhotoSizes } from './photo-sizes.ts'
import { findPhotoState } from './photo-state.ts'
import { requestPhotoUpload } from './request-photo-upload.ts'
import { withdrawPhoto } from './withdraw-photo.ts'

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c8e0d0' } })

describe('what is taken for a picture', () => {
  test('the bytes decide, not the name', async () => {
    assert.equal(photoKindOf(await picture(10, 10).jpeg().toBuffer()), 'jpeg')
    assert.equal(photoKindOf(await picture(10, 10).png().toBuffer()), 'png')
    assert.equal(photoKindOf(await picture(10, 10).webp().toBuffer()), 'webp')
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', '', 'GIF89a']) {
      assert.equal(photoKindOf(Buffer.from(text)), null, text)
      assert.ok('fault' in (await makePhotoSizes(Buffer.from(text))), text)
    }
  })

  test('three widths are made, upright and never larger than what was sent', async () => {
    const sent = await picture(1_200, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const looked = await makePhotoSizes(sent)
    assert.ok(!('fault' in looked))
    assert.deepEqual([looked.width, looked.height], [800, 1_200])
    const widths = []
    for (const made of looked.sizes.values()) {
      const { width, format, exif } = await sharp(made).metadata()
      assert.deepEqual([format, exif], ['webp', undefined])
      widths.push(width)
    }
    assert.deepEqual(widths, [160, 480, 800])
  })

  test('a damaged picture, a tiny one and one with too many pixels are refused with a reason', async () => {
    const whole = await picture(900, 900).png({ compressionLevel: 0 }).toBuffer()
    const bomb = await picture(7_000, 7_000).png({ palette: true }).toBuffer()
    assert.ok(bomb.length < 1_000_000, 'the bomb is not small')
    for (const [sent, reason] of [
      [whole.subarray(0, 20_000), 'damaged'],
      [Buffer.concat([whole.subarray(0, 16), Buffer.alloc(500, 7)]), 'damaged'],
      [await picture(100, 900).png().toBuffer(), 'too_small'],
      [bomb, 'too_many_pixels'],
    ] as const) {
      const looked = await makePhotoSizes(sent)
      assert.deepEqual(looked, { fault: reason })
    }
  })
})

describe('the way of a picture to the page', () => {
  let shop: TestDatabase
  let files: Files
  let stop: () => Promise<void>
  let packId: string
  const staff = personCaller()
  before(async () => {
    shop = await testDatabase()
    packId = await addPack(shop.database)
    const root = await mkdtemp(path.join(tmpdir(), 'janta-photos-'))
    const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
    const buckets = { quarantine: 'quarantine', assets: 'assets' } as const
    const s3 = await startLocalS3({ root, ...access, buckets: Object.values(buckets) })
    files = openFiles({
      ...access,
      region: 'ap-south-1',
      endpoint: s3.endpoint,
      buckets: { ...buckets, prescriptions: 'none', invoices: 'none', reports: 'none' },
    })
    stop = async () => {
      files.close()
      await s3.stop()
      await rm(root, { recursive: true, force: true })
    }
  })
  after(async () => {
    await stop()
    await shop.close()
  })

  const request = () =>
    requestPhotoUpload(shop.database, staff, { packId, description: 'Front of the strip' })
  const send = async (body: Buffer) => {
    const { id } = await request()
    await files.of('quarantine').put(quarantineKey(id), body, { contentType: 'image/png' })
    await checkPhoto(shop.database, staff, id)
    await lookAtPhoto(shop.database, files, id)
    return id
  }
  const refuses = (asking: Promise<unknown>, code: string) =>
    assert.rejects(asking, error => error instanceof Refusal && error.code === code)

  test('sent, looked at, shown in three sizes, and its original forgotten', async () => {
    const id = await send(await picture(1_000, 700).png().toBuffer())
    const [photo] = await findPhotos(shop.database.db, packId)
    assert.equal(photo?.id, id)
    assert.equal(photo.urls[480], `/medicines/pictures/${id}/480.webp`)
    const stored = await files.of('assets').get(photoKey(id, 480))
    assert.ok(stored)
    assert.equal((await sharp(await buffer(stored.stream)).metadata()).width, 480)
    assert.equal(await files.of('quarantine').head(quarantineKey(id)), undefined)
    await lookAtPhoto(shop.database, files, id)
    assert.equal((await findPhotoState(shop.database.db, id)).state, 'ready')
    await refuses(checkPhoto(shop.database, staff, id), 'photo_state_forbids')
  })

  test('what is no picture is refused, told why, and never shown', async () => {
    const id = await send(Buffer.from('<script>alert(1)</script>'))
    const state = await findPhotoState(shop.database.db, id)
    assert.equal(state.state, 'refused')
    assert.equal(state.refusal, 'no_picture')
    assert.equal(await files.of('assets').head(photoKey(id, 160)), undefined)
    assert.equal((await findPhotos(shop.database.db, packId)).length, 1)
  })

  test('a picture that never arrived is said to be missing', async () => {
    const { id } = await request()
    await lookAtPhoto(shop.database, files, id)
    assert.equal((await findPhotoState(shop.database.db, id)).refusal, 'nothing_arrived')
  })

  test('withdrawn, it leaves the page', async () => {
    const [photo] = await findPhotos(shop.database.db, packId)
    await withdrawPhoto(shop.database, staff, { id: photo!.id, reason: 'Old label' })
    assert.deepEqual(await findPhotos(shop.database.db, packId), [])
    await refuses(
      withdrawPhoto(shop.database, staff, { id: photo!.id, reason: 'Again' }),
      'photo_state_forbids',
    )
  })

  test('a pack has so many pictures and no more', async () => {
    for (let sent = 0; sent < photosMax; sent++) await request()
    await refuses(request(), 'photo_limit_reached')
  })
})
