import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCount, readRupees, writeRupees } from './rupees.ts'

test('rupees are read to whole paise', () => {
  assert.equal(readRupees('139.30'), 139_30)
  assert.equal(readRupees('139.3'), 139_30)
  assert.equal(readRupees('98'), 98_00)
  assert.equal(readRupees(' ₹1,250.05 '), 1_250_05)
  assert.equal(readRupees('0.29'), 29, 'a float would make 28.999')
})

test('what is not an amount is not guessed', () => {
  for (const typed of ['', '.', '1.234', '-5', '12.', '1e3', 'ten', '1234567890']) {
    assert.equal(readRupees(typed), null, typed)
  }
})

test('an amount written back is read as the same amount', () => {
  for (const paise of [0, 5, 99, 100, 139_30, 100_000_000_00 - 1]) {
    assert.equal(readRupees(writeRupees(paise)), paise)
  }
})

test('a count stays within its limits', () => {
  assert.equal(readCount('1,200', 1, 100_000), 1200)
  assert.equal(readCount('0', 1, 10), null)
  assert.equal(readCount('11', 1, 10), null)
  assert.equal(readCount('2.5', 1, 10), null)
})
