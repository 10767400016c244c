import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyRow } from './receipt-draft.ts'
import { putIntoRow, scanIntoRow } from './scan-into-row.ts'

const code = ']d2010890103010000010AB1234\u001d1731123121SN1'

test('a scanned pack fills batch and expiry and leaves the rest to the person', () => {
  const row = { ...emptyRow(), packs: '4' }
  const after = scanIntoRow(row, code)
  assert.deepEqual(after, {
    row: { ...row, batchNumber: 'AB1234', expiry: '12/31' },
    notice: null,
  })
})

test('what stands in the row stays, and the difference is told', () => {
  const row = { ...emptyRow(), batchNumber: 'ZZ9', expiry: '' }
  const after = scanIntoRow(row, code)
  assert.equal(after?.row.batchNumber, 'ZZ9')
  assert.equal(after?.row.expiry, '12/31')
  assert.deepEqual(after?.notice, { kind: 'conflict', batch: 'AB1234', expiry: '12/31' })
})

test('a scan without an expiry never blanks one', () => {
  const row = { ...emptyRow(), expiry: '01/30' }
  assert.equal(scanIntoRow(row, ']d2010890103010000010AB1234')?.row.expiry, '01/30')
})

test('free text is offered and counts only when a person says so', () => {
  const row = emptyRow()
  const after = scanIntoRow(row, 'Batch No: K7 Exp: 11/2031')
  assert.deepEqual(after, { row, notice: { kind: 'confirm', batch: 'K7', expiry: '11/31' } })
  assert.equal(putIntoRow(row, { batch: 'K7', expiry: '11/31' }).row.batchNumber, 'K7')
})

test('a typed batch number is no scan; a broken code and a bare EAN change nothing', () => {
  const row = emptyRow()
  assert.equal(scanIntoRow(row, 'AB1234'), null)
  assert.deepEqual(scanIntoRow(row, ']d20108901030100001'), { row, notice: { kind: 'unreadable' } })
  assert.deepEqual(scanIntoRow(row, ']E08901030100017'), { row, notice: { kind: 'no_batch' } })
  assert.deepEqual(scanIntoRow(row, ']d2010890103010000010A1\u001d17310615')?.notice, {
    kind: 'early_day',
    day: 15,
  })
})
