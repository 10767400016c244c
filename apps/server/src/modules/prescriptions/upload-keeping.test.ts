import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { personCaller } from '#test/shelf-for-tests'
import { inTransaction } from '#kernel/transaction'
import { eraseUpload } from './erase-upload.ts'
import { findUploadSessions } from './find-upload-sessions.ts'
import { finishUpload } from './finish-upload.ts'
import { eraseExpiredUploads, sweepUploads } from './sweep-uploads.ts'
import { pageKey } from './upload-pages.ts'
import { drawSample } from './uploads-for-tests.ts'
import { assertUploadsReady, keepUsedUploads } from './use-uploads.ts'
import { withdrawUpload } from './withdraw-upload.ts'
import { ScannerUnavailable } from './virus-scan.ts'
import { openUploadBed, refuses, type UploadBed } from './upload-bed-for-tests.ts'

let bed: UploadBed
before(async () => {
  bed = await openUploadBed()
})
after(() => bed.close())

describe('the clock', () => {
  after(() => bed.shop.moveClock('0 seconds'))

  test('a file that arrived without a word is found; a form nobody used lapses; nothing is added after the end', async () => {
    await bed.shop.moveClock('0 seconds')
    const customer = personCaller()
    const session = await bed.begin(customer)
    const arrived = await bed.ask(customer, session)
    const never = await bed.ask(customer, session)
    await (await bed.post(arrived, await drawSample('arrived').jpeg().toBuffer(), 'image/jpeg'))()
    await sweepUploads(bed.shop.database, bed.files)
    assert.equal((await bed.stateOf(customer, arrived)).state, 'awaiting')
    await bed.shop.moveClock('16 minutes')
    await sweepUploads(bed.shop.database, bed.files)
    assert.equal((await bed.stateOf(customer, arrived)).state, 'checking')
    assert.equal((await bed.stateOf(customer, never)).state, 'awaiting')
    await bed.shop.moveClock('2 hours 16 minutes')
    await refuses(bed.ask(customer, session), 'upload_session_ended')
    await refuses(finishUpload(bed.shop.database, customer, never), 'upload_session_ended')
    await sweepUploads(bed.shop.database, bed.files)
    assert.equal((await bed.stateOf(customer, never)).state, 'lapsed')
    await refuses(finishUpload(bed.shop.database, customer, never), 'upload_session_ended')
    await bed.check(arrived)
    assert.equal((await bed.stateOf(customer, arrived)).state, 'ready')
    await bed.shop.moveClock('0 seconds')
  })

  test('taken back, it is erased; once a review rests on it, it is not to be taken back', async () => {
    const customer = personCaller()
    const taken = await bed.send(customer, await drawSample('taken').jpeg().toBuffer())
    await withdrawUpload(bed.shop.database, customer, taken)
    await eraseUpload(bed.shop.database, bed.files, taken)
    assert.equal(await bed.files.of('prescriptions').head(pageKey(taken, 1, 'whole')), undefined)
    await refuses(bed.stateOf(customer, taken), 'not_found')
    const used = await bed.send(customer, await drawSample('used').jpeg().toBuffer())
    await inTransaction(bed.shop.database, customer, async tx => {
      await assertUploadsReady(tx, customer.personId!, [used])
      await keepUsedUploads(tx, [used])
    })
    await refuses(withdrawUpload(bed.shop.database, customer, used), 'upload_in_use')
    const { items } = await findUploadSessions(bed.shop.database.db, customer.personId!, {})
    assert.deepEqual(
      items.map(({ uploads }) => uploads.map(({ id }) => id)),
      [[used]],
    )
  })

  test('taken back while it is being looked at, its pages do not stay', async () => {
    const customer = personCaller()
    const id = await bed.ask(customer, await bed.begin(customer))
    await (await bed.post(id, await drawSample('meanwhile').jpeg().toBuffer(), 'image/jpeg'))()
    await finishUpload(bed.shop.database, customer, id)
    const checking = bed.check(id)
    await withdrawUpload(bed.shop.database, customer, id)
    await eraseUpload(bed.shop.database, bed.files, id)
    await checking
    assert.equal(await bed.files.of('prescriptions').head(pageKey(id, 1, 'whole')), undefined)
  })

  test('an unused file is erased after a year, one a review rests on after five', async () => {
    const customer = personCaller()
    const unused = await bed.send(customer, await drawSample('year').jpeg().toBuffer())
    const used = await bed.send(customer, await drawSample('five years').jpeg().toBuffer())
    await inTransaction(bed.shop.database, customer, tx => keepUsedUploads(tx, [used]))
    const isKept = async (id: string) =>
      (await bed.files.of('prescriptions').head(pageKey(id, 1, 'whole'))) !== undefined
    for (const [offset, kept] of [
      ['366 days', [true, true]],
      ['367 days', [false, true]],
      ['1820 days', [false, true]],
      ['1830 days', [false, false]],
    ] as const) {
      await bed.shop.moveClock(offset)
      await eraseExpiredUploads(bed.shop.database, bed.files)
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
  const id = await bed.ask(customer, await bed.begin(customer))
  await (await bed.post(id, await drawSample('virus').jpeg().toBuffer(), 'image/jpeg'))()
  await finishUpload(bed.shop.database, customer, id)
  await assert.rejects(bed.check(id, 'tcp://127.0.0.1:9'), ScannerUnavailable)
  assert.equal((await bed.stateOf(customer, id)).state, 'checking')
  await bed.check(id, url)
  clamd.close()
  assert.equal((await bed.stateOf(customer, id)).refusal, 'infected')
})
