import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DraftRow,
  emptyDraft,
  emptyRow,
  problemsOf,
  readDraft,
  receiptOf,
  refusedFields,
} from './receipt-draft.ts'

const now = new Date('2026-11-22T06:00:00Z')
const row = (change: Partial<DraftRow> = {}): DraftRow => ({
  ...emptyRow(),
  medicineId: 'medicine one',
  medicineName: 'Sample 650',
  batchNumber: 'pn4417 ',
  expiry: '03/28',
  mrp: '139.30',
  packs: '40',
  ...change,
})
const draft = (...rows: DraftRow[]) => ({
  ...emptyDraft(),
  supplierName: ' Sample Distributors ',
  billNumber: 'SD/881',
  rows,
})
const rulesOf = (...rows: DraftRow[]) =>
  problemsOf(draft(...rows), now).map(({ field, rule }) => [field, rule])

test('a whole bill becomes a receipt in paise, months and packs', () => {
  const bill = draft(row({ freePacks: '4', bin: 'A-03-2' }), emptyRow())
  assert.deepEqual(problemsOf(bill, now), [])
  assert.deepEqual(receiptOf(bill), {
    supplierName: 'Sample Distributors',
    billNumber: 'SD/881',
    lines: [
      {
        medicineId: 'medicine one',
        batchNumber: 'PN4417',
        expiry: '2028-03',
        mrpPaise: 139_30,
        packs: 40,
        freePacks: 4,
        bin: 'A-03-2',
      },
    ],
  })
})

test('an empty draft says what a bill needs', () => {
  assert.deepEqual(
    problemsOf(emptyDraft(), now).map(problem => problem.rule),
    ['supplier_missing', 'bill_missing', 'no_rows'],
  )
})

test('each wrong cell is named', () => {
  assert.deepEqual(rulesOf(row({ medicineId: '' })), [['medicineId', 'medicine_missing']])
  assert.deepEqual(rulesOf(row({ batchNumber: ' ' })), [['batchNumber', 'batch_missing']])
  assert.deepEqual(rulesOf(row({ expiry: '28' })), [['expiry', 'expiry_unreadable']])
  assert.deepEqual(rulesOf(row({ mrp: '0' })), [['mrp', 'mrp_unreadable']])
  assert.deepEqual(rulesOf(row({ packs: '0' })), [['packs', 'packs_unreadable']])
  assert.deepEqual(rulesOf(row({ freePacks: 'one' })), [['freePacks', 'free_unreadable']])
})

test('an expired pack is refused at the desk; one that expires this month is the server’s to judge', () => {
  assert.deepEqual(rulesOf(row({ expiry: '10/26' })), [['expiry', 'expired']])
  assert.deepEqual(rulesOf(row({ expiry: '11/26' })), [])
})

test('the same batch of the same medicine twice on one bill is noticed', () => {
  assert.deepEqual(rulesOf(row(), row({ batchNumber: 'PN4417' })), [['batchNumber', 'batch_twice']])
  assert.deepEqual(rulesOf(row(), row({ medicineId: 'medicine two' })), [])
  assert.deepEqual(
    rulesOf(row(), row({ mrp: '145' })),
    [],
    'the same number at two MRPs is two lots',
  )
})

test('the server’s words come to the row they are about', () => {
  const problems = refusedFields([
    { field: 'lines.1.mrpPaise', message: 'below the price' },
    { field: '/lines/0/expiry', message: 'expired' },
    { field: 'lines[2].batchNumber', message: 'known' },
    { field: 'billNumber', message: 'received before' },
  ])
  assert.deepEqual(
    problems.map(({ row: at, field }) => [at, field]),
    [
      [1, 'mrp'],
      [0, 'expiry'],
      [2, 'batchNumber'],
      [null, 'billNumber'],
    ],
  )
})

test('a draft comes back from the device as it was typed, with its key', () => {
  const bill = draft(row(), row({ batchNumber: 'half' }))
  const back = readDraft(JSON.stringify(bill))
  assert.equal(back?.key, bill.key)
  assert.deepEqual(
    back?.rows.map(({ batchNumber, mrp }) => [batchNumber, mrp]),
    bill.rows.map(({ batchNumber, mrp }) => [batchNumber, mrp]),
  )
})

test('what is no draft is not trusted', () => {
  for (const stored of [null, '', '{', '7', '[]', '{"key":1}', '{"key":"a","rows":"b"}']) {
    assert.equal(readDraft(stored), null, String(stored))
  }
  assert.equal(readDraft('{"key":"a","rows":[{"mrp":5,"other":"x"}]}')?.rows[0]?.mrp, '')
})
