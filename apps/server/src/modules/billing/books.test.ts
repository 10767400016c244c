import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gstinCheck } from '@janta/contracts'
import { startLocalS3 } from '@janta/tools/s3/index'
import { sql } from 'kysely'
import { type Files, openFiles } from '#kernel/files'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { clerk, giveBack, lineOf, saleOf, sell } from '#test/billing-for-tests'
import { askForPeriod } from './ask-for-period.ts'
import { cancelInvoice } from './cancel-invoice.ts'
import { checkPeriod } from './check-period.ts'
import { drawUpPeriod, fileKey } from './draw-up-period.ts'
import { findDayBook, findLogEntries, findRuns, hasFile } from './find-books.ts'
import { findVouchers } from './find-vouchers.ts'
import { gstr1Json } from './gstr1-json.ts'
import type { Period } from './period-tables.ts'
import { readPeriod } from './read-period.ts'
import { loadSampleBilling } from './load-sample-billing.ts'
import { entriesOf } from './tally-xml.ts'

let own: TestDatabase
let root: string
let stopS3: () => Promise<void>
let files: Files
let month: string
const gstin = `23AAAAA0000A1Z${gstinCheck('23AAAAA0000A1Z')}`

before(async () => {
  own = await testDatabase()
  await loadSampleBilling(own.database)
  root = await mkdtemp(path.join(tmpdir(), 'janta-s3-'))
  const keys = { accessKeyId: 'key', secretAccessKey: 'secret' }
  const server = await startLocalS3({ root, ...keys, buckets: ['papers'] })
  stopS3 = server.stop
  const bucket = 'papers'
  const buckets = {
    quarantine: bucket,
    prescriptions: bucket,
    invoices: bucket,
    reports: bucket,
    assets: bucket,
  }
  files = openFiles({ region: 'ap-south-1', endpoint: server.endpoint, ...keys, buckets })
  const { rows } = await sql<{
    month: string
  }>`select to_char(kernel.today(), 'YYYY-MM') as month`.execute(own.database.db)
  month = rows[0]!.month
  await trade()
})
after(async () => {
  files.close()
  await stopS3()
  await rm(root, { recursive: true, force: true })
  await own.close()
})

const to = (region: string, buyer?: string) => ({
  recipient: { ...saleOf().recipient, region, gstin: buyer },
})
const big = { mrpPaise: 60_000_00, pricePaise: 60_000_00, packs: 2, units: 20 }
const pads = { line: 2, hsn: '96190010' }

/** A month with something in every table of the return. */
async function trade(): Promise<void> {
  const { database } = own
  await sell(
    database,
    saleOf([lineOf(), lineOf(pads)], {
      deliveryFeePaise: 40_00,
      paymentMethod: 'cash_on_delivery',
    }),
  )
  await sell(database, saleOf([lineOf()], to('Maharashtra')))
  await sell(database, saleOf([lineOf(big)], to('Maharashtra')))
  const business = saleOf([lineOf()], to('Madhya Pradesh', '23AAAAA0000A1ZA'))
  await sell(database, business)
  await sell(database, saleOf([lineOf(pads)], to('Madhya Pradesh', '23AAAAA0000A1ZA')))
  const returned = saleOf([lineOf(), lineOf({ line: 2, hsn: '33049990' })])
  await sell(database, returned)
  await giveBack(database, returned.orderId, [
    { dispensingId: returned.lines[0]!.dispensingId, packs: 1 },
  ])
  await giveBack(database, business.orderId, 'all')
  const large = saleOf([lineOf(big)], to('Karnataka'))
  await sell(database, large)
  await giveBack(database, large.orderId, [
    { dispensingId: large.lines[0]!.dispensingId, packs: 1 },
  ])
  const { invoiceId } = await sell(database, saleOf())
  await inTransaction(database, clerk, tx =>
    cancelInvoice(tx, clerk, { invoiceId, reason: 'Mistake' }),
  )
}

const read = () => readPeriod(own.database, { gstin, month, hsnDigits: 4 })

test('every supply of the month stands in its table, and the tables agree', async () => {
  const period = await read()
  assert.deepEqual([period.registered.length, period.large.length], [1, 2])
  assert.deepEqual([period.notesRegistered.length, period.notesLarge.length], [1, 1])
  assert.deepEqual(
    period.consumers.map(one => [one.placeOfSupply, one.rateBasisPoints, one.taxablePaise]),
    [
      // Three strips, then three of which one came back.
      ['23', 500, 288_00 + 192_00],
      // The fee for delivery and three of what is taxed at 18 percent.
      ['23', 1800, 33_90 + 256_28],
      ['27', 500, 288_00],
    ],
  )
  assert.deepEqual(
    period.nil.map(one => [one.isInter, one.isRegistered, one.nilPaise]),
    [
      [false, false, 302_40],
      [false, true, 302_40],
    ],
  )
  assert.deepEqual(
    period.series.map(one => [one.kind, one.issued, one.cancelled, one.spanned]),
    [
      ['bill_of_supply', 1, 0, 1],
      ['credit_note', 3, 0, 3],
      ['invoice_cum_bill', 1, 0, 1],
      ['tax_invoice', 6, 1, 6],
    ],
  )
  const checks = checkPeriod(period)
  assert.equal(checks.length, 5)
  assert.deepEqual(
    checks.filter(one => !one.isRight),
    [],
  )
})

test('a table that lost a paisa, a number or a document is noticed', async () => {
  const period = await read()
  const wrong = (more: Partial<Period>) =>
    checkPeriod({ ...period, ...more })
      .filter(one => !one.isRight)
      .map(one => one.name)
  const [first, ...rest] = period.consumers
  assert.deepEqual(
    wrong({ consumers: [{ ...first!, cgstPaise: first!.cgstPaise - 1 }, ...rest] }),
    ['consumers_agree'],
  )
  assert.deepEqual(wrong({ registered: [] }), ['registered_agree'])
  assert.deepEqual(wrong({ hsn: [] }), ['registered_agree', 'consumers_agree', 'documents_agree'])
  const [series, ...others] = period.series
  assert.deepEqual(wrong({ series: [{ ...series!, spanned: series!.spanned + 1 }, ...others] }), [
    'numbers_follow',
  ])
  assert.deepEqual(wrong({ headers: { ...period.headers, invoices: 0 } }), ['documents_counted'])
})

test('the portal’s file names the month, the buyer and each rate in rupees', async () => {
  const json = JSON.parse(JSON.stringify(gstr1Json(await read())))
  assert.equal(json.fp, month.slice(5) + month.slice(0, 4))
  assert.equal(json.b2b[0].ctin, '23AAAAA0000A1ZA')
  assert.deepEqual(json.b2b[0].inv[0].itms[0].itm_det, {
    rt: 5,
    txval: 288,
    iamt: 0,
    camt: 7.2,
    samt: 7.2,
    csamt: 0,
  })
  assert.deepEqual(
    json.b2cl.map((one: { pos: string }) => one.pos),
    ['27', '29'],
  )
  assert.equal(json.b2cs[2].iamt, 14.4)
  assert.deepEqual(
    json.doc_issue.doc_det.map((one: { doc_num: number }) => one.doc_num),
    [1, 5],
  )
})

test('each voucher for Tally credits what it debits', async () => {
  const vouchers = await findVouchers(own.database.reads, { gstin, month }, null)
  assert.equal(vouchers.length, 10)
  for (const voucher of vouchers) {
    const sum = entriesOf(voucher).reduce((all, [, paise]) => all + paise, 0)
    assert.equal(sum, 0, voucher.number)
  }
})

test('the books of a month are drawn up into files once, with the self-check’s word', async () => {
  const key = '01900000-0000-7000-8000-0000000000cc'
  const { id } = await askForPeriod(own.database, clerk, key, { month })
  assert.equal((await askForPeriod(own.database, clerk, key, { month })).id, id)
  assert.equal((await findRuns(own.database.reads))[0]?.isConsistent, null)
  await drawUpPeriod(own.database, files, id)
  await drawUpPeriod(own.database, files, id)
  const [run] = await findRuns(own.database.reads)
  assert.equal(run?.isConsistent, true)
  assert.deepEqual(
    run?.files.map(one => one.name),
    [
      'gstr1.json',
      '4-b2b.csv',
      '5-b2cl.csv',
      '7-b2cs.csv',
      '8-nil.csv',
      '9b-notes.csv',
      '12-hsn.csv',
      '13-documents.csv',
      'tally-001.xml',
      'day-book-001.csv',
    ],
  )
  for (const { name, bytes } of run?.files ?? []) {
    assert.equal((await files.of('reports').head(fileKey(id, name)))?.bytes, bytes, name)
    assert.ok(await hasFile(own.database.reads, id, name))
  }
  assert.ok(!(await hasFile(own.database.reads, id, 'other.csv')))
})

test('the day book lists every document of the day, the struck one outside its sums', async () => {
  const book = await findDayBook(own.database.reads, null)
  assert.equal(book.items.length, 11)
  const [cash, prepaid] = book.totals
  assert.deepEqual([cash?.invoices, cash?.invoicedPaise], [1, 645_00])
  assert.deepEqual([prepaid?.invoices, prepaid?.creditNotes], [6, 3])
  const standing = book.items.filter(one => !one.isCancelled && one.kind !== 'credit_note')
  const sum = standing.reduce((all, one) => all + one.totalPaise, 0)
  assert.equal(sum, cash!.invoicedPaise + prepaid!.invoicedPaise)
})

test('the edit log holds each act, newest first', async () => {
  const { items, next } = await findLogEntries(own.database.reads, {})
  assert.equal(next, null)
  const acts = Object.fromEntries(
    [...Map.groupBy(items, one => one.act)].map(([act, all]) => [act, all.length]),
  )
  assert.deepEqual(acts, {
    invoice_cancelled: 1,
    invoice_issued: 8,
    credit_note_issued: 3,
    seller_recorded: 1,
  })
  assert.equal(items.at(-1)?.by, null, 'the sample seller was recorded by no person')
})
