import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameBatch, scannedBatch } from './scanned-batch.ts'

test('a typed batch number is compared without case and spaces', () => {
  assert.ok(isSameBatch(' pn 4417', 'PN4417'))
  assert.ok(isSameBatch('PN4417', 'pn 4417'))
  assert.ok(!isSameBatch('PN4418', 'PN4417'))
  assert.ok(!isSameBatch('PN441', 'PN4417'), 'half a batch number is not the batch')
})

test('the batch is found in a GS1 DataMatrix', () => {
  assert.equal(scannedBatch('01089012345678901728033110PN4417'), 'PN4417')
  assert.equal(scannedBatch(']d201089012345678901728033110PN4417\u001d21SER99'), 'PN4417')
  assert.equal(scannedBatch('0108901234567890' + '21SER10X\u001d10TL2093'), 'TL2093')
  assert.equal(scannedBatch('(01)08901234567890(17)280331(10)MF8102(21)7'), 'MF8102')
})

test('a batch number that only begins like a GTIN stays a batch number', () => {
  assert.equal(scannedBatch('01089'), '01089')
  assert.equal(scannedBatch('0108901234567890XX'), '0108901234567890XX')
})
