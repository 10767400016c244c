import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BillRow, cellAfter, emptyDraft, emptyRow, isBlank, readDraft } from './bill-draft.ts'
import {
  countsOf,
  formFields,
  lineOf,
  readableBill,
  readPercent,
  readSigned,
  withFacts,
  writePercent,
} from './bill-of-draft.ts'
import { problemsOf } from './bill-problems.ts'
import { codeOf, putIntoRow } from './scan-into-bill.ts'

const now = new Date('2026-11-22T10:00:00Z')
const row = (more: Partial<BillRow> = {}): BillRow => ({
  ...emptyRow(),
  medicineId: 'm1',
  medicineName: 'Testine 500',
  batchNumber: ' ab12 ',
  expiry: '04/29',
  packs: '10',
  freePacks: '1',
  rate: '100.50',
  mrp: '150',
  gst: '12',
  ...more,
})
const draft = (rows: BillRow[], more = {}) => ({
  ...emptyDraft(),
  supplierId: 's1',
  billNumber: 'B-1',
  billDate: '2026-11-20',
  total: '1125.60',
  ...more,
  rows,
})
const rulesOf = (rows: BillRow[], more = {}) =>
  problemsOf(draft(rows, more), now, '2026-11-22').map(({ row: at, field, rule }) => [
    at,
    field,
    rule,
  ])

test('a typed row becomes the line the server takes; all that was billed and free came unless said', () => {
  assert.deepEqual(lineOf(row()), {
    medicineId: 'm1',
    batchNumber: 'AB12',
    expiry: '2029-04',
    mrpPaise: 15_000,
    ratePaise: 10_050,
    billedPacks: 10,
    freePacks: 1,
    discountBasisPoints: 0,
    gstBasisPoints: 1_200,
    goodPacks: 11,
    damagedPacks: 0,
  })
  assert.deepEqual(countsOf(row({ damaged: '2' })), { billed: 10, free: 1, damaged: 2, good: 9 })
  assert.equal(lineOf(row({ good: '7', damaged: '1' }))?.goodPacks, 7)
  for (const wrong of [
    { damaged: '12' },
    { expiry: '' },
    { packs: '0', freePacks: '' },
    { gst: 'x' },
  ])
    assert.equal(lineOf(row(wrong)), null, JSON.stringify(wrong))
})

test('percentages and signed amounts are read digit by digit', () => {
  assert.deepEqual(['12.5', '5%', '100', '100.01', '-1', 'x'].map(readPercent), [
    1_250,
    500,
    10_000,
    null,
    null,
    null,
  ])
  assert.deepEqual([1_250, 500, 0, 10_000].map(writePercent), ['12.5', '5', '0', '100'])
  assert.deepEqual(['-0.40', '−0.4', '0.35', '', '--1'].map(readSigned), [-40, -40, 35, null, null])
})

test('what would be refused is found first, each in its field', () => {
  assert.deepEqual(rulesOf([row()]), [])
  assert.deepEqual(rulesOf([emptyRow()], { supplierId: '', total: 'x' }), [
    [null, 'supplierId', 'supplier_missing'],
    [null, 'total', 'total_unreadable'],
    [null, 'rows', 'no_rows'],
  ])
  assert.deepEqual(rulesOf([row()], { billDate: '2026-11-23' }), [[null, 'billDate', 'date_ahead']])
  assert.deepEqual(rulesOf([row(), row()]), [[1, 'batchNumber', 'batch_twice']])
  assert.deepEqual(rulesOf([row(), row({ mrp: '160' })]), [], 'one number at two MRPs is two lots')
  assert.deepEqual(rulesOf([row({ expiry: '10/26' })]), [[0, 'expiry', 'expired']])
  assert.deepEqual(rulesOf([row({ packs: '0', freePacks: '' })]), [[0, 'packs', 'nothing_came']])
  assert.deepEqual(rulesOf([row({ damaged: '12' })]), [[0, 'damaged', 'damaged_unreadable']])
})

test('Enter stops at packs always, passes what is filled, and ends the row where nobody is needed', () => {
  const scanned = row({ packs: '', freePacks: '' })
  assert.equal(cellAfter(scanned, 'medicineId'), 'packs')
  assert.equal(cellAfter({ ...scanned, packs: '10' }, 'packs'), 'freePacks')
  assert.equal(cellAfter(scanned, 'freePacks'), null)
  assert.equal(cellAfter({ ...scanned, rate: '' }, 'freePacks'), 'rate')
  assert.equal(cellAfter({ ...scanned, batchNumber: '' }, 'medicineId'), 'batchNumber')
})

test('a draft comes back whole from the device, and what is no draft does not', () => {
  const kept = draft([row({ bin: 'A-01' })])
  const back = readDraft(JSON.stringify(kept))
  assert.deepEqual(
    { ...back, rows: back?.rows.map(one => ({ ...one, id: '' })) },
    { ...kept, rows: kept.rows.map(one => ({ ...one, id: '' })) },
  )
  for (const text of [null, '{', '[]', '{"key":1,"rows":[]}']) assert.equal(readDraft(text), null)
  const odd = readDraft('{"key":"k","rows":[{"packs":7,"batchNumber":"B"}],"extra":1}')
  assert.deepEqual([odd?.rows[0]?.packs, odd?.rows[0]?.batchNumber], ['', 'B'])
  assert.ok(isBlank(emptyRow()))
})

test('rows that cannot be read yet are left out of the running sum, and each line knows its row', () => {
  const rows = [row(), emptyRow(), row({ rate: '' }), row({ batchNumber: 'C3' })]
  const readable = readableBill(draft(rows, { rounding: '-0.40', charges: '' }))
  assert.deepEqual(readable?.rowIds, [rows[0]?.id, rows[3]?.id])
  assert.equal(readable?.bill.roundingPaise, -40)
  assert.equal(readable?.bill.chargesPaise, undefined)
  assert.equal(readableBill(draft([emptyRow()])), null)
})

test('what is known of a medicine fills blanks and changes nothing that stands', () => {
  const facts = {
    medicineId: 'm1',
    name: 'Testine 500',
    packLabel: 'strip of 10',
    unitsPerPack: 10,
    gstBasisPoints: 500,
    mrpPaise: 14_000,
    lastRatePaise: 9_000,
    lastSupplierName: 'Some Wholesale',
  }
  const filled = withFacts({ ...emptyRow(), mrp: '160' }, facts)
  assert.deepEqual([filled.mrp, filled.rate, filled.gst], ['160', '90.00', '5'])
  assert.deepEqual([filled.lastMrp, filled.lastRate], ['14000', '9000'])
  const never = withFacts(emptyRow(), { ...facts, lastRatePaise: null, gstBasisPoints: null })
  assert.deepEqual([never.rate, never.gst, never.lastMrp], ['', '', ''])
})

test('a scan fills blanks and never erases; plain text is no scan', () => {
  const code = codeOf(']d2010890103010000010AB1234\u001d1731123121SN1')
  assert.ok(code && code !== 'unreadable')
  assert.deepEqual(
    [code.gtin, code.batch, code.expiry, code.earlyDay, code.isSure],
    ['08901030100000', 'AB1234', '12/31', null, true],
  )
  assert.equal(putIntoRow(emptyRow(), code).row.batchNumber, 'AB1234')
  const standing = putIntoRow({ ...emptyRow(), batchNumber: 'ZZ9', expiry: '' }, code)
  assert.equal(standing.row.batchNumber, 'ZZ9')
  assert.deepEqual(standing.notice, { kind: 'conflict', batch: 'AB1234', expiry: '12/31' })
  assert.equal(codeOf('Paracetamol'), null)
  assert.equal(codeOf(']d2019999'), 'unreadable')
})

test('the server names a line by its place; the form shows it beside that cell', () => {
  const fields = [
    { field: 'lines.2.mrpPaise', message: 'is low' },
    { field: '/printedTotalPaise', message: 'differs' },
  ]
  assert.deepEqual(formFields(fields), [
    { row: 2, field: 'mrp', message: 'is low' },
    { row: null, field: 'total', message: 'differs' },
  ])
})
