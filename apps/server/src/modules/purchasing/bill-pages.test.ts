import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { billPagesMax } from '@janta/contracts'
import { startLocalS3 } from '@janta/tools/s3/index'
import sharp from 'sharp'
import { type Files, openFiles } from '#kernel/files'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack } from '#test/shelf-for-tests'
import { keptKey, waitingKey } from './bill-page-rules.ts'
import { addSupplier, billLine, keeper, receive } from './buying-for-tests.ts'
import { checkBillPage } from './check-bill-page.ts'
import { findBillPages, isBillPageKept } from './find-bill-pages.ts'
import { lookAtBillPage } from './look-at-bill-page.ts'
import { requestBillPage } from './request-bill-page.ts'

let own: TestDatabase
let files: Files
let stop: () => Promise<void>
before(async () => {
  own = await testDatabase()
  const root = await mkdtemp(path.join(tmpdir(), 'janta-bill-pages-'))
  const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
  const s3 = await startLocalS3({ root, ...access, buckets: ['quarantine', 'invoices'] })
  files = openFiles({
    ...access,
    region: 'ap-south-1',
    endpoint: s3.endpoint,
    buckets: {
      quarantine: 'quarantine',
      invoices: 'invoices',
      prescriptions: 'none',
      reports: 'none',
      assets: 'none',
    },
  })
  stop = async () => {
    files.close()
    await s3.stop()
    await rm(root, { recursive: true, force: true })
  }
})
after(async () => {
  await stop()
  await own.close()
})

async function addBill(): Promise<string> {
  const supplierId = await addSupplier(own.database)
  const line = billLine(await addPack(own.database))
  return (await receive(own.database, { supplierId, lines: [line] })).id
}

async function send(billId: string, body: Buffer): Promise<string> {
  const { id } = await requestBillPage(own.database, keeper, billId)
  await files.of('quarantine').put(waitingKey(id), body, { contentType: 'image/jpeg' })
  await checkBillPage(own.database, keeper, id)
  await lookAtBillPage(own.database, files, id)
  return id
}

const paper = sharp({ create: { width: 3_000, height: 4_000, channels: 3, background: '#fefefe' } })

test('a photo of the paper bill is kept beside it, upright and without the camera’s notes', async () => {
  const billId = await addBill()
  const id = await send(billId, await paper.withMetadata({ orientation: 6 }).jpeg().toBuffer())
  const { items } = await findBillPages(own.database.reads, billId)
  assert.deepEqual(
    items.map(one => [one.id, one.state, one.refusal]),
    [[id, 'ready', null]],
  )
  assert.equal(items[0]?.url, `/api/v1/purchases/bill-pages/${id}/picture`)
  assert.equal(await isBillPageKept(own.database.reads, id), true)
  const kept = async () => buffer((await files.of('invoices').get(keptKey(id)))!.stream)
  const { format, width, height, exif } = await sharp(await kept()).metadata()
  assert.deepEqual([format, width, height, exif], ['webp', 2_400, 1_800, undefined])
  assert.equal(await files.of('quarantine').head(waitingKey(id)), undefined)
  const before = await kept()
  await lookAtBillPage(own.database, files, id)
  assert.deepEqual(await kept(), before, 'looked at again, nothing changes')
  await assert.rejects(checkBillPage(own.database, keeper, id), { code: 'photo_state_forbids' })
})

test('what is no picture, or never came, is refused with the reason and not kept', async () => {
  const billId = await addBill()
  const wrong = await send(billId, Buffer.from('%PDF-1.7 <script>'))
  const { id: missing } = await requestBillPage(own.database, keeper, billId)
  await checkBillPage(own.database, keeper, missing)
  await lookAtBillPage(own.database, files, missing)
  const { items } = await findBillPages(own.database.reads, billId)
  assert.deepEqual(
    items.map(one => [one.id, one.state, one.url]),
    [
      [wrong, 'refused', null],
      [missing, 'refused', null],
    ],
  )
  assert.equal(await isBillPageKept(own.database.reads, wrong), false)
  assert.deepEqual(
    items.map(one => one.refusal),
    ['no_picture', 'nothing_arrived'],
  )
  assert.equal(await files.of('invoices').head(keptKey(wrong)), undefined)
})

test('a bill has so many photos and no more, however many are asked for at once', async () => {
  const billId = await addBill()
  const asked = await Promise.allSettled(
    Array.from({ length: billPagesMax + 3 }, () => requestBillPage(own.database, keeper, billId)),
  )
  const refused = asked.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.deepEqual(refused, Array(3).fill('photo_limit_reached'))
  await assert.rejects(requestBillPage(own.database, keeper, randomUUID()), { code: 'not_found' })
  await assert.rejects(findBillPages(own.database.reads, randomUUID()), {
    code: 'not_found',
  })
})
