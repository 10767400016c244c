import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentMonth, monthsBetween, readExpiry, writeExpiry } from './expiry-month.ts'

test('an expiry is read in every way it is printed', () => {
  for (const typed of [
    '03/28',
    '3/28',
    '0328',
    '03/2028',
    '032028',
    '3-2028',
    ' 03.28 ',
    '03 28',
  ]) {
    assert.equal(readExpiry(typed), '2028-03', typed)
  }
})

test('what is not a month is not guessed', () => {
  for (const typed of ['', '13/28', '00/28', '3/8', '28', '328', '2028-03', '03/028', 'Mar 28']) {
    assert.equal(readExpiry(typed), null, typed)
  }
})

test('a month written back is read as the same month', () => {
  for (const month of ['2026-01', '2031-12', '2099-10']) {
    assert.equal(readExpiry(writeExpiry(month)), month)
  }
})

test('months are counted across the turn of the year', () => {
  assert.equal(monthsBetween('2026-11', '2027-01'), 2)
  assert.equal(monthsBetween('2026-11', '2026-11'), 0)
  assert.equal(monthsBetween('2026-11', '2026-10'), -1)
})

test('the month turns at midnight in India, not in Greenwich', () => {
  assert.equal(currentMonth(new Date('2026-11-30T18:29:59Z')), '2026-11')
  assert.equal(currentMonth(new Date('2026-11-30T18:30:00Z')), '2026-12')
})
