import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { uploadBytesMax } from '@janta/contracts'
import sharp from 'sharp'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import { samplePharmacist } from '#test/staff-for-tests'
import { inTransaction } from '#kernel/transaction'
import { findOwnUpload, findUploadSession } from './find-upload-sessions.ts'
import { findUploads } from './find-uploads.ts'
import { findViewedPage } from './find-viewed-page.ts'
import { finishUpload } from './finish-upload.ts'
import { quarantineKey, sessionsPerDayMax } from './upload-limits.ts'
import { pageKey } from './upload-pages.ts'
import { drawSample, writePdf } from './uploads-for-tests.ts'
import { assertUploadsReady } from './use-uploads.ts'
import { viewUpload } from './view-upload.ts'
import { withdrawUpload } from './withdraw-upload.ts'
import { openUploadBed, refuses, type UploadBed } from './upload-bed-for-tests.ts'

let bed: UploadBed
before(async () => {
  bed = await openUploadBed()
})
after(() => bed.close())

describe('the way of a prescription', () => {
  test('posted straight to quarantine, checked, kept as pages; what came is deleted', async () => {
    const customer = personCaller()
    const id = await bed.send(customer, await drawSample('way').jpeg().toBuffer())
    const { state, refusal, pages, isUsed } = await bed.stateOf(customer, id)
    assert.deepEqual([state, refusal, isUsed], ['ready', null, false])
    assert.deepEqual(pages, [
      { page: 1, width: 1_200, height: 1_600, isDark: false, isBlurred: false },
    ])
    for (const size of ['small', 'screen', 'whole'] as const) {
      assert.ok(await bed.files.of('prescriptions').head(pageKey(id, 1, size)), size)
    }
    assert.equal(await bed.files.of('quarantine').head(quarantineKey(id)), undefined)
    await bed.check(id)
    assert.equal((await bed.stateOf(customer, id)).state, 'ready')
  })

  test('the store itself turns away the wrong type, too many bytes, none, and a form that is too old', async () => {
    const customer = personCaller()
    const id = await bed.ask(customer, await bed.begin(customer))
    const jpeg = await drawSample('policy').jpeg().toBuffer()
    const sending = await bed.post(id, jpeg, 'image/jpeg')
    assert.equal((await sending({ 'Content-Type': 'image/svg+xml' })).status, 403)
    assert.equal((await sending({ key: 'pages/elsewhere' })).status, 403)
    const large = await bed.post(id, Buffer.alloc(uploadBytesMax + 1), 'image/jpeg')
    assert.equal((await large()).status, 400)
    assert.equal((await (await bed.post(id, Buffer.alloc(0), 'image/jpeg'))()).status, 400)
    const late = await bed.post(id, jpeg, 'image/jpeg', 1)
    await new Promise(done => setTimeout(done, 1_100))
    assert.equal((await late()).status, 403)
    assert.equal(await bed.files.of('quarantine').head(quarantineKey(id)), undefined)
    // Nothing is lost by it: the same file takes a fresh form.
    assert.equal((await bed.stateOf(customer, id)).state, 'awaiting')
    assert.equal((await (await bed.post(id, jpeg, 'image/jpeg'))()).status, 204)
    await finishUpload(bed.shop.database, customer, id)
    await bed.check(id)
    assert.equal((await bed.stateOf(customer, id)).state, 'ready')
  })

  test('several files are one session, each by itself; one that fails leaves the others', async () => {
    const customer = personCaller()
    const session = await bed.begin(customer)
    const photo = await bed.ask(customer, session)
    const paper = await bed.ask(customer, session, 'application/pdf')
    const broken = await bed.ask(customer, session)
    await (await bed.post(photo, await drawSample('several').jpeg().toBuffer(), 'image/jpeg'))()
    await (await bed.post(paper, writePdf(2), 'application/pdf'))()
    for (const id of [photo, paper, broken]) {
      await finishUpload(bed.shop.database, customer, id)
      await bed.check(id)
    }
    const { uploads, mayAdd } = await findUploadSession(
      bed.shop.database.db,
      customer.personId!,
      session,
    )
    assert.deepEqual(
      uploads.map(({ position, state, refusal, pages }) => [
        position,
        state,
        refusal,
        pages.length,
      ]),
      [
        [1, 'ready', null, 1],
        [2, 'ready', null, 2],
        [3, 'refused', 'missing', 0],
      ],
    )
    assert.equal(mayAdd, true)
  })

  test('the network broke: the same key is the same file, and saying "sent" twice is once', async () => {
    const customer = personCaller()
    const session = await bed.begin(customer)
    const key = randomUUID()
    const id = await bed.ask(customer, session, 'image/jpeg', key)
    assert.equal(await bed.ask(customer, session, 'image/jpeg', key), id)
    await (await bed.post(id, await drawSample('again').jpeg().toBuffer(), 'image/jpeg'))()
    await finishUpload(bed.shop.database, customer, id)
    await finishUpload(bed.shop.database, customer, id)
    await bed.check(id)
    await finishUpload(bed.shop.database, customer, id)
    assert.equal((await bed.stateOf(customer, id)).state, 'ready')
    await refuses(bed.ask(customer, session, 'image/jpeg', key), 'upload_state_forbids')
    const { rows } = await sql<{ sent: number }>`
      select count(*)::integer as sent from kernel.event
      where name = 'prescriptions.upload_sent' and payload ->> 'uploadId' = ${id}`.execute(
      bed.shop.database.db,
    )
    assert.deepEqual(rows, [{ sent: 1 }])
  })

  test('ten files and no more; thirty sessions a day and no more', async () => {
    const customer = personCaller()
    const session = await bed.begin(customer)
    for (let file = 0; file < 10; file++) await bed.ask(customer, session)
    await refuses(bed.ask(customer, session), 'upload_limit_reached')
    for (let begun = 1; begun < sessionsPerDayMax; begun++) await bed.begin(customer)
    await refuses(bed.begin(customer), 'too_many_requests')
  })
})

describe('bad input is refused in words, and no worker dies', () => {
  const customer = personCaller()
  for (const [name, make, refusal] of [
    ['a picture that is a PDF, too', polyglot, 'two_things_at_once'],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    ['a HEIC', async () => Buffer.from('000000186674797068656963000000006d696631', 'hex'), 'heic'],
    ['a truncated JPEG', truncated, 'damaged'],
    ['100 million pixels', bomb, 'too_many_pixels'],
    ['500 pages', async () => writePdf(500), 'too_many_pages'],
    ['a PDF with a password', async () => writePdf(1, { isLocked: true }), 'locked'],
    ['0 bytes', async () => Buffer.alloc(0), 'missing'],
  ] as const) {
    test(`${name}: ${refusal}`, async () => {
      const id = await bed.send(customer, await make())
      const found = await bed.stateOf(customer, id)
      assert.deepEqual([found.state, found.refusal, found.pages], ['refused', refusal, []])
      assert.equal(await bed.files.of('quarantine').head(quarantineKey(id)), undefined)
      const { files: kept } = await bed.files
        .of('prescriptions')
        .list({ prefix: `pages/${id}/`, max: 10 })
      assert.deepEqual(kept, [])
    })
  }

  test('0 bytes that came past the form are refused by the check', async () => {
    const id = await bed.ask(customer, await bed.begin(customer))
    const options = { contentType: 'image/jpeg' }
    await bed.files.of('quarantine').put(quarantineKey(id), Buffer.alloc(0), options)
    await finishUpload(bed.shop.database, customer, id)
    await bed.check(id)
    assert.equal((await bed.stateOf(customer, id)).refusal, 'empty')
  })

  test('after all of them a good one is taken', async () => {
    const id = await bed.send(customer, await drawSample('after').png().toBuffer(), 'image/png')
    assert.equal((await bed.stateOf(customer, id)).state, 'ready')
  })

  async function polyglot() {
    const jpeg = await drawSample('poly').jpeg().toBuffer()
    const comment = Buffer.from('\xff\xfe\x00\x0a%PDF-1.4', 'latin1')
    return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
  }
  async function truncated() {
    const jpeg = await drawSample('half').jpeg().toBuffer()
    return jpeg.subarray(0, jpeg.length / 2)
  }
  function bomb() {
    const create = { width: 10_000, height: 10_000, channels: 3, background: '#777' } as const
    return sharp({ create }).png({ palette: true }).toBuffer()
  }
})

describe('whose it is', () => {
  const customer = personCaller()
  const stranger = personCaller()

  test('another person finds nothing: not the session, the file, the page, the way to send', async () => {
    const session = await bed.begin(customer)
    const id = await bed.send(customer, await drawSample('mine').jpeg().toBuffer())
    const { db } = bed.shop.database
    await refuses(findUploadSession(db, stranger.personId!, session), 'not_found')
    await refuses(findOwnUpload(db, stranger.personId!, id), 'not_found')
    await refuses(bed.ask(stranger, session), 'not_found')
    await refuses(finishUpload(bed.shop.database, stranger, id), 'not_found')
    await refuses(withdrawUpload(bed.shop.database, stranger, id), 'not_found')
    const looked = { uploadId: id, page: 1, reason: 'own' } as const
    await refuses(viewUpload(bed.shop.database, stranger, looked), 'not_found')
    const asserting = inTransaction(bed.shop.database, stranger, tx =>
      assertUploadsReady(tx, stranger.personId!, [id]),
    )
    await refuses(asserting, 'not_found')
  })

  test('the same photo from two accounts is taken from both, and told to the pharmacist alone', async () => {
    const photo = await drawSample('shared').jpeg().toBuffer()
    const first = await bed.send(customer, photo)
    const same = await bed.send(stranger, photo)
    const small = await sharp(photo).resize(700).jpeg({ quality: 60 }).toBuffer()
    const saved = await bed.send(stranger, await sharp(small).rotate(90).jpeg().toBuffer())
    const found = await findUploads(bed.shop.database.db, [first, same, saved])
    const alikeOf = (id: string) =>
      found
        .find(one => one.id === id)
        ?.alike.map(({ kind, isSamePerson }) => [kind, isSamePerson])
        .sort()
    assert.deepEqual(alikeOf(first), [
      ['same_file', false],
      ['same_picture', false],
    ])
    assert.deepEqual(alikeOf(same), [
      ['same_file', false],
      ['same_picture', true],
    ])
    const told = JSON.stringify(await bed.stateOf(stranger, same))
    assert.ok(!told.includes(customer.personId!) && !told.includes('alike'), told)
    assert.ok(!JSON.stringify(found[0]?.alike).includes(customer.personId!))
  })
})

describe('who looked', () => {
  test('every look is written, opens the page for a minute to that person, and is shown to the sender', async () => {
    const pharmacist = await samplePharmacist(bed.shop.database)
    const customer = personCaller()
    const id = await bed.send(customer, await drawSample('looked').jpeg().toBuffer())
    const own = { uploadId: id, page: 1, reason: 'own' } as const
    await viewUpload(bed.shop.database, customer, own)
    const { urls, seconds } = await viewUpload(bed.shop.database, pharmacist, {
      uploadId: id,
      page: 1,
      reason: 'review',
      orderId: randomUUID(),
    })
    assert.ok(seconds <= 60)
    const viewId = urls.whole.split('/').at(-2)!
    const { db } = bed.shop.database
    assert.deepEqual(await findViewedPage(db, pharmacist.personId!, viewId), {
      uploadId: id,
      page: 1,
    })
    assert.equal(await findViewedPage(db, customer.personId!, viewId), undefined)
    const { views } = await bed.stateOf(customer, id)
    assert.deepEqual(
      views.map(({ by, reason }) => [by.startsWith('Pharmacist '), reason]),
      [[true, 'review']],
    )
    await refuses(
      viewUpload(bed.shop.database, pharmacist, { ...own, page: 2, reason: 'review' }),
      'not_found',
    )
    await bed.shop.moveClock('61 seconds')
    assert.equal(
      await findViewedPage(bed.shop.database.db, pharmacist.personId!, viewId),
      undefined,
    )
    await bed.shop.moveClock('0 seconds')
  })
})
