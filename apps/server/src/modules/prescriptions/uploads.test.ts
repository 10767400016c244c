import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { uploadBytesMax, type UploadType } from '@janta/contracts'
import sharp from 'sharp'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import type { Caller } from '#kernel/caller'
import type { Files } from '#kernel/files'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { loadSamplePeople } from '#modules/identity'
import { checkUpload } from './check-upload.ts'
import { eraseUpload } from './erase-upload.ts'
import { findOwnUpload, findUploadSession, findUploadSessions } from './find-upload-sessions.ts'
import { findUploads } from './find-uploads.ts'
import { findViewedPage } from './find-viewed-page.ts'
import { finishUpload } from './finish-upload.ts'
import { requestUpload } from './request-upload.ts'
import { startUploadSession } from './start-upload-session.ts'
import { eraseExpiredUploads, sweepUploads } from './sweep-uploads.ts'
import { formSeconds, quarantineKey, sessionsPerDayMax } from './upload-limits.ts'
import { pageKey } from './upload-pages.ts'
import { drawSample, openUploadFiles, writePdf } from './uploads-for-tests.ts'
import { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'
import { viewUpload } from './view-upload.ts'
import { withdrawUpload } from './withdraw-upload.ts'
import { ScannerUnavailable } from './virus-scan.ts'

let shop: TestDatabase
let files: Files
let stop: () => Promise<void>
before(async () => {
  shop = await testDatabase()
  ;({ files, stop } = await openUploadFiles())
})
after(async () => {
  await stop()
  await shop.close()
})

const begin = async (caller: Caller) =>
  (await startUploadSession(shop.database, caller, randomUUID(), {})).id

const ask = async (
  caller: Caller,
  sessionId: string,
  contentType: UploadType = 'image/jpeg',
  key: string = randomUUID(),
) => (await requestUpload(shop.database, caller, key, { sessionId, contentType })).id

const check = (id: string, clamdUrl?: string) =>
  checkUpload({ database: shop.database, files, clamdUrl }, id)

/** What the browser does with the form it was given. */
async function post(id: string, bytes: Buffer, type: UploadType, seconds = formSeconds) {
  const { url, forms } = await files.of('quarantine').presignPost({
    key: quarantineKey(id),
    contentTypes: [type],
    bytesMax: uploadBytesMax,
    seconds,
  })
  return (fields: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...forms[0]?.fields, ...fields })) {
      form.append(name, value)
    }
    form.append('file', new Blob([new Uint8Array(bytes)]), 'IMG_0001.jpg')
    return fetch(url, { method: 'POST', body: form })
  }
}

/** One file all the way: asked for, posted, said to be sent, checked. */
async function send(caller: Caller, bytes: Buffer, type: UploadType = 'image/jpeg') {
  const id = await ask(caller, await begin(caller), type)
  if (bytes.length > 0) assert.equal((await (await post(id, bytes, type))()).status, 204)
  await finishUpload(shop.database, caller, id)
  await check(id)
  return id
}

const stateOf = async (caller: Caller, id: string) =>
  findOwnUpload(shop.database.db, caller.personId ?? '', id)
const refuses = (asking: Promise<unknown>, code: string) =>
  assert.rejects(asking, error => error instanceof Refusal && error.code === code)

describe('the way of a prescription', () => {
  test('posted straight to quarantine, checked, kept as pages; what came is deleted', async () => {
    const customer = personCaller()
    const id = await send(customer, await drawSample('way').jpeg().toBuffer())
    const { state, refusal, pages, isUsed } = await stateOf(customer, id)
    assert.deepEqual([state, refusal, isUsed], ['ready', null, false])
    assert.deepEqual(pages, [
      { page: 1, width: 1_200, height: 1_600, isDark: false, isBlurred: false },
    ])
    for (const size of ['small', 'screen', 'whole'] as const) {
      assert.ok(await files.of('prescriptions').head(pageKey(id, 1, size)), size)
    }
    assert.equal(await files.of('quarantine').head(quarantineKey(id)), undefined)
    await check(id)
    assert.equal((await stateOf(customer, id)).state, 'ready')
  })

  test('the store itself turns away the wrong type, too many bytes, none, and a form that is too old', async () => {
    const customer = personCaller()
    const id = await ask(customer, await begin(customer))
    const jpeg = await drawSample('policy').jpeg().toBuffer()
    const sending = await post(id, jpeg, 'image/jpeg')
    assert.equal((await sending({ 'Content-Type': 'image/svg+xml' })).status, 403)
    assert.equal((await sending({ key: 'pages/elsewhere' })).status, 403)
    const large = await post(id, Buffer.alloc(uploadBytesMax + 1), 'image/jpeg')
    assert.equal((await large()).status, 400)
    assert.equal((await (await post(id, Buffer.alloc(0), 'image/jpeg'))()).status, 400)
    const late = await post(id, jpeg, 'image/jpeg', 1)
    await new Promise(done => setTimeout(done, 1_100))
    assert.equal((await late()).status, 403)
    assert.equal(await files.of('quarantine').head(quarantineKey(id)), undefined)
  })

  test('several files are one session, each by itself; one that fails leaves the others', async () => {
    const customer = personCaller()
    const session = await begin(customer)
    const photo = await ask(customer, session)
    const paper = await ask(customer, session, 'application/pdf')
    const broken = await ask(customer, session)
    await (await post(photo, await drawSample('several').jpeg().toBuffer(), 'image/jpeg'))()
    await (await post(paper, writePdf(2), 'application/pdf'))()
    for (const id of [photo, paper, broken]) {
      await finishUpload(shop.database, customer, id)
      await check(id)
    }
    const { uploads, mayAdd } = await findUploadSession(
      shop.database.db,
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
    const session = await begin(customer)
    const key = randomUUID()
    const id = await ask(customer, session, 'image/jpeg', key)
    assert.equal(await ask(customer, session, 'image/jpeg', key), id)
    await (await post(id, await drawSample('again').jpeg().toBuffer(), 'image/jpeg'))()
    await finishUpload(shop.database, customer, id)
    await finishUpload(shop.database, customer, id)
    await check(id)
    await finishUpload(shop.database, customer, id)
    assert.equal((await stateOf(customer, id)).state, 'ready')
    await refuses(ask(customer, session, 'image/jpeg', key), 'upload_state_forbids')
    const { rows } = await sql<{ sent: number }>`
      select count(*)::integer as sent from kernel.event
      where name = 'prescriptions.upload_sent' and payload ->> 'uploadId' = ${id}`.execute(
      shop.database.db,
    )
    assert.deepEqual(rows, [{ sent: 1 }])
  })

  test('ten files and no more; thirty sessions a day and no more', async () => {
    const customer = personCaller()
    const session = await begin(customer)
    for (let file = 0; file < 10; file++) await ask(customer, session)
    await refuses(ask(customer, session), 'upload_limit_reached')
    for (let begun = 1; begun < sessionsPerDayMax; begun++) await begin(customer)
    await refuses(begin(customer), 'too_many_requests')
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
      const id = await send(customer, await make())
      const found = await stateOf(customer, id)
      assert.deepEqual([found.state, found.refusal, found.pages], ['refused', refusal, []])
      assert.equal(await files.of('quarantine').head(quarantineKey(id)), undefined)
      const { files: kept } = await files
        .of('prescriptions')
        .list({ prefix: `pages/${id}/`, max: 10 })
      assert.deepEqual(kept, [])
    })
  }

  test('0 bytes that came past the form are refused by the check', async () => {
    const id = await ask(customer, await begin(customer))
    const options = { contentType: 'image/jpeg' }
    await files.of('quarantine').put(quarantineKey(id), Buffer.alloc(0), options)
    await finishUpload(shop.database, customer, id)
    await check(id)
    assert.equal((await stateOf(customer, id)).refusal, 'empty')
  })

  test('after all of them a good one is taken', async () => {
    const id = await send(customer, await drawSample('after').png().toBuffer(), 'image/png')
    assert.equal((await stateOf(customer, id)).state, 'ready')
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
    const session = await begin(customer)
    const id = await send(customer, await drawSample('mine').jpeg().toBuffer())
    const { db } = shop.database
    await refuses(findUploadSession(db, stranger.personId!, session), 'not_found')
    await refuses(findOwnUpload(db, stranger.personId!, id), 'not_found')
    await refuses(ask(stranger, session), 'not_found')
    await refuses(finishUpload(shop.database, stranger, id), 'not_found')
    await refuses(withdrawUpload(shop.database, stranger, id), 'not_found')
    const looked = { uploadId: id, page: 1, reason: 'own' } as const
    await refuses(viewUpload(shop.database, stranger, looked), 'not_found')
    const asserting = inTransaction(shop.database, stranger, tx =>
      assertUploadsReady(tx, stranger.personId!, [id]),
    )
    await refuses(asserting, 'not_found')
  })

  test('the same photo from two accounts is taken from both, and told to the pharmacist alone', async () => {
    const photo = await drawSample('shared').jpeg().toBuffer()
    const first = await send(customer, photo)
    const same = await send(stranger, photo)
    const small = await sharp(photo).resize(700).jpeg({ quality: 60 }).toBuffer()
    const saved = await send(stranger, await sharp(small).rotate(90).jpeg().toBuffer())
    const found = await findUploads(shop.database.db, [first, same, saved])
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
    const told = JSON.stringify(await stateOf(stranger, same))
    assert.ok(!told.includes(customer.personId!) && !told.includes('alike'), told)
    assert.ok(!JSON.stringify(found[0]?.alike).includes(customer.personId!))
  })
})

describe('who looked', () => {
  test('every look is written, opens the page for a minute to that person, and is shown to the sender', async () => {
    await loadSamplePeople(shop.database)
    const { rows } = await sql<{ id: string }>`
      select id from identity.person where mobile like '%9000000002'`.execute(shop.database.db)
    const pharmacist = personCaller(rows[0]!.id)
    const customer = personCaller()
    const id = await send(customer, await drawSample('looked').jpeg().toBuffer())
    const own = { uploadId: id, page: 1, reason: 'own' } as const
    await viewUpload(shop.database, customer, own)
    const { urls, seconds } = await viewUpload(shop.database, pharmacist, {
      uploadId: id,
      page: 1,
      reason: 'review',
      orderId: randomUUID(),
    })
    assert.ok(seconds <= 60)
    const viewId = urls.whole.split('/').at(-2)!
    const { db } = shop.database
    assert.deepEqual(await findViewedPage(db, pharmacist.personId!, viewId), {
      uploadId: id,
      page: 1,
    })
    assert.equal(await findViewedPage(db, customer.personId!, viewId), undefined)
    const { views } = await stateOf(customer, id)
    assert.deepEqual(
      views.map(({ by, reason }) => [by.startsWith('Pharmacist '), reason]),
      [[true, 'review']],
    )
    await refuses(
      viewUpload(shop.database, pharmacist, { ...own, page: 2, reason: 'review' }),
      'not_found',
    )
    await shop.moveClock('61 seconds')
    assert.equal(await findViewedPage(shop.database.db, pharmacist.personId!, viewId), undefined)
    await shop.moveClock('0 seconds')
  })
})

describe('the clock', () => {
  after(() => shop.moveClock('0 seconds'))

  test('a file that arrived without a word is found; a form nobody used lapses; nothing is added after the end', async () => {
    await shop.moveClock('0 seconds')
    const customer = personCaller()
    const session = await begin(customer)
    const arrived = await ask(customer, session)
    const never = await ask(customer, session)
    await (await post(arrived, await drawSample('arrived').jpeg().toBuffer(), 'image/jpeg'))()
    await sweepUploads(shop.database, files)
    assert.equal((await stateOf(customer, arrived)).state, 'awaiting')
    await shop.moveClock('16 minutes')
    await sweepUploads(shop.database, files)
    assert.equal((await stateOf(customer, arrived)).state, 'checking')
    assert.equal((await stateOf(customer, never)).state, 'awaiting')
    await shop.moveClock('2 hours 16 minutes')
    await refuses(ask(customer, session), 'upload_session_ended')
    await refuses(finishUpload(shop.database, customer, never), 'upload_session_ended')
    await sweepUploads(shop.database, files)
    assert.equal((await stateOf(customer, never)).state, 'lapsed')
    await refuses(finishUpload(shop.database, customer, never), 'upload_session_ended')
    await check(arrived)
    assert.equal((await stateOf(customer, arrived)).state, 'ready')
    await shop.moveClock('0 seconds')
  })

  test('taken back, it is erased; once a review rests on it, it is not to be taken back', async () => {
    const customer = personCaller()
    const taken = await send(customer, await drawSample('taken').jpeg().toBuffer())
    await withdrawUpload(shop.database, customer, taken)
    await eraseUpload(shop.database, files, taken)
    assert.equal(await files.of('prescriptions').head(pageKey(taken, 1, 'whole')), undefined)
    await refuses(stateOf(customer, taken), 'not_found')
    const used = await send(customer, await drawSample('used').jpeg().toBuffer())
    await inTransaction(shop.database, customer, async tx => {
      await assertUploadsReady(tx, customer.personId!, [used])
      await keepUsedUploads(tx, [used])
    })
    await refuses(withdrawUpload(shop.database, customer, used), 'upload_in_use')
    const { items } = await findUploadSessions(shop.database.db, customer.personId!, {})
    assert.deepEqual(
      items.map(({ uploads }) => uploads.map(({ id }) => id)),
      [[used]],
    )
  })

  test('taken back while it is being looked at, its pages do not stay', async () => {
    const customer = personCaller()
    const id = await ask(customer, await begin(customer))
    await (await post(id, await drawSample('meanwhile').jpeg().toBuffer(), 'image/jpeg'))()
    await finishUpload(shop.database, customer, id)
    const checking = check(id)
    await withdrawUpload(shop.database, customer, id)
    await eraseUpload(shop.database, files, id)
    await checking
    assert.equal(await files.of('prescriptions').head(pageKey(id, 1, 'whole')), undefined)
  })

  test('an unused file is erased after a year, one a review rests on after five', async () => {
    const customer = personCaller()
    const unused = await send(customer, await drawSample('year').jpeg().toBuffer())
    const used = await send(customer, await drawSample('five years').jpeg().toBuffer())
    await inTransaction(shop.database, customer, tx => keepUsedUploads(tx, [used]))
    const isKept = async (id: string) =>
      (await files.of('prescriptions').head(pageKey(id, 1, 'whole'))) !== undefined
    for (const [offset, kept] of [
      ['366 days', [true, true]],
      ['367 days', [false, true]],
      ['1820 days', [false, true]],
      ['1830 days', [false, false]],
    ] as const) {
      await shop.moveClock(offset)
      await eraseExpiredUploads(shop.database, files)
      assert.deepEqual([await isKept(unused), await isKept(used)], kept, offset)
    }
  })
})

test('a known virus is refused; while the scanner is away the file waits', async () => {
  const customer = personCaller()
  const clamd = createServer(socket => {
    socket.on('error', () => undefined)
    socket.on('data', (piece: Buffer) => {
      if (piece.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: Sample.Test FOUND\0')
    })
  })
  await new Promise<void>(done => void clamd.listen(0, '127.0.0.1', done))
  const url = `tcp://127.0.0.1:${(clamd.address() as { port: number }).port}`
  const id = await ask(customer, await begin(customer))
  await (await post(id, await drawSample('virus').jpeg().toBuffer(), 'image/jpeg'))()
  await finishUpload(shop.database, customer, id)
  await assert.rejects(check(id, 'tcp://127.0.0.1:9'), ScannerUnavailable)
  assert.equal((await stateOf(customer, id)).state, 'checking')
  await check(id, url)
  clamd.close()
  assert.equal((await stateOf(customer, id)).refusal, 'infected')
})
