import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { startLocalS3 } from '@janta/tools/s3/index'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { type Files, openFiles } from '#kernel/files'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { giveBack, lineOf, saleOf, sell } from '#test/billing-for-tests'
import { printedSample } from '#test/printed-for-tests'
import { drawDocument } from './draw-document.ts'
import { findDocuments, findStoredDocument } from './find-documents.ts'
import { findSellers, sellerOn } from './find-seller.ts'
import { findPrintedCreditNote, findPrintedInvoice } from './find-printed-document.ts'
import { loadSampleBilling } from './load-sample-billing.ts'
import { printDocument } from './print-document.ts'
import { recordSeller } from './record-seller.ts'

let own: TestDatabase
let root: string
let stopS3: () => Promise<void>
let files: Files
before(async () => {
  own = await testDatabase()
  await loadSampleBilling(own.database)
  root = await mkdtemp(path.join(tmpdir(), 'janta-s3-'))
  const keys = { accessKeyId: 'key', secretAccessKey: 'secret' }
  const server = await startLocalS3({ root, ...keys, buckets: ['papers'] })
  stopS3 = server.stop
  const buckets = {
    quarantine: 'papers',
    prescriptions: 'papers',
    invoices: 'papers',
    reports: 'papers',
    assets: 'papers',
  }
  files = openFiles({ region: 'ap-south-1', endpoint: server.endpoint, ...keys, buckets })
})
after(async () => {
  files.close()
  await stopS3()
  await rm(root, { recursive: true, force: true })
  await own.close()
})

async function stored(id: string): Promise<Buffer> {
  const { key } = await findStoredDocument(own.database.db, { id, personId: null })
  const found = await files.of('invoices').get(key)
  assert.ok(found, 'nothing lies there')
  return Buffer.concat(await found.stream.toArray())
}

test('an issued invoice is printed once, lies under its hash, and prints again to the same bytes', async () => {
  const sale = saleOf([lineOf()], { deliveryFeePaise: 40_00, paymentMethod: 'cash_on_delivery' })
  const { invoiceId, number } = await sell(own.database, sale)
  await assert.rejects(findStoredDocument(own.database.db, { id: invoiceId, personId: null }), {
    code: 'document_not_ready',
  })
  await printDocument(own.database, files, { kind: 'invoice', id: invoiceId })
  await printDocument(own.database, files, { kind: 'invoice', id: invoiceId })
  const { key } = await findStoredDocument(own.database.db, { id: invoiceId, personId: null })
  const bytes = await stored(invoiceId)
  const hash = createHash('sha256').update(bytes).digest('hex')
  assert.ok(key.endsWith(`${number.replaceAll('/', '-')}-${hash.slice(0, 16)}.pdf`), key)
  // Another document in between, in other words, must leave no trace in this one.
  await drawDocument(printedSample({ language: 'hi' }))
  const again = await drawDocument((await findPrintedInvoice(own.database.reads, invoiceId))!)
  assert.ok(again.equals(bytes), 'the reprint differs')
  assert.equal(
    await files
      .of('invoices')
      .put(key, Buffer.from('forged'), { contentType: 'application/pdf', ifAbsent: true }),
    'exists',
  )
})

test('printed again after seven years, by a seller who moved, it is the same to the byte', async () => {
  const sale = saleOf()
  const { invoiceId } = await sell(own.database, sale)
  await printDocument(own.database, files, { kind: 'invoice', id: invoiceId })
  const bytes = await stored(invoiceId)
  await own.moveClock('2555 days')
  const { rows } = await sql<{ today: string; storeId: string }>`
    select kernel.today() as today, store_id as "storeId" from billing.seller limit 1`.execute(
    own.database.db,
  )
  const { today, storeId } = rows[0]!
  const { id, tradeName, legalName, pin, gstin, drugLicences } = await sellerOn(
    own.database.db,
    storeId,
    today,
  )
  await recordSeller(own.database, systemCaller('test'), {
    storeId,
    effectiveFrom: today,
    tradeName,
    legalName,
    pin,
    gstin,
    drugLicences: [...drugLicences],
    hsnDigits: 6,
    deliveryTreatment: 'follows_goods',
    addressLines: ['SAMPLE, 2 Another Road'],
  })
  const now = await sellerOn(own.database.db, storeId, today)
  assert.notEqual(now.id, id)
  const recorded = await findSellers(own.database.reads, storeId)
  assert.deepEqual(
    recorded.map(one => one.id),
    [now.id, id],
  )
  const again = await drawDocument((await findPrintedInvoice(own.database.reads, invoiceId))!)
  assert.ok(again.equals(bytes), 'the reprint differs')
  assert.ok((await stored(invoiceId)).equals(bytes))
  await own.moveClock('0')
})

test('its owner finds it, nobody else does', async () => {
  const sale = saleOf()
  const { invoiceId } = await sell(own.database, sale)
  await printDocument(own.database, files, { kind: 'invoice', id: invoiceId })
  const mine = { orderId: sale.orderId, personId: sale.personId }
  assert.equal((await findDocuments(own.database.reads, mine)).length, 1)
  const others = { ...mine, personId: '01900000-0000-7000-8000-00000000ffff' }
  assert.deepEqual(await findDocuments(own.database.reads, others), [])
  await assert.rejects(findStoredDocument(own.database.db, { ...others, id: invoiceId }), {
    code: 'not_found',
  })
  await findStoredDocument(own.database.db, { id: invoiceId, personId: sale.personId })
})

test('a credit note prints what came back, against which invoice and why', async () => {
  const line = lineOf()
  const sale = saleOf([line])
  const invoice = await sell(own.database, sale)
  const { creditNoteId } = await giveBack(
    own.database,
    sale.orderId,
    [{ dispensingId: line.dispensingId, packs: 1 }],
    'Came broken',
  )
  const printed = await findPrintedCreditNote(own.database.reads, creditNoteId)
  assert.deepEqual(
    [
      printed?.credits?.number,
      printed?.credits?.reason,
      printed?.totalPaise,
      printed?.lines[0]?.units,
    ],
    [invoice.number, 'Came broken', 100_80, 10],
  )
  await printDocument(own.database, files, { kind: 'credit_note', id: creditNoteId })
  assert.ok((await stored(creditNoteId)).subarray(0, 5).equals(Buffer.from('%PDF-')))
  const all = await findDocuments(own.database.reads, {
    orderId: sale.orderId,
    personId: sale.personId,
  })
  assert.deepEqual(
    all.map(one => [one.kind, one.ofNumber, one.isPrinted]),
    [
      ['tax_invoice', null, false],
      ['credit_note', invoice.number, true],
    ],
  )
})

test('the printed document is at most 120 KB, in two languages and on three pages', async () => {
  for (const lineCount of [5, 26]) {
    const bytes = await drawDocument(printedSample({ language: 'hi', lineCount }))
    assert.ok(bytes.length < 120 * 1024, `${bytes.length} bytes`)
  }
})

test('the file of a document can be neither changed nor taken away by the application', async () => {
  for (const act of [
    sql`update billing.document_file set bytes = 1`,
    sql`delete from billing.document_file`,
  ]) {
    await assert.rejects(act.execute(own.database.db), { code: '42501' })
  }
})
