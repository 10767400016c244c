import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayOf, financialYearOf, isDay, isMonth, lastDayOf, monthOf } from '#kernel/day'

test('the legal day turns at midnight in India, which is 18:30 UTC', () => {
  assert.equal(dayOf(new Date('2027-03-31T18:29:59Z')), '2027-03-31')
  assert.equal(dayOf(new Date('2027-03-31T18:30:00Z')), '2027-04-01')
})

test('a batch marked with a month may be used through its last day', () => {
  assert.equal(lastDayOf('2026-11'), '2026-11-30')
  assert.equal(lastDayOf('2028-02'), '2028-02-29')
  assert.equal(lastDayOf('2100-02'), '2100-02-28')
  assert.equal(lastDayOf('2026-12'), '2026-12-31')
})

test('the financial year runs from April to March', () => {
  assert.equal(financialYearOf('2027-03-31'), '26-27')
  assert.equal(financialYearOf('2027-04-01'), '27-28')
  assert.equal(financialYearOf('2099-12-31'), '99-00')
})

test('days that do not exist are not days', () => {
  for (const text of ['2026-02-31', '2026-13-01', '2026-1-1', '', '2026-02-29', 'today']) {
    assert.equal(isDay(text), false, text)
  }
  assert.equal(isDay('2028-02-29'), true)
  assert.equal(isMonth('2026-13'), false)
  assert.throws(() => addDays('2026-02-31', 1))
})

test('adding days and taking them away again comes back, across leap years and month ends', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 0, max: 5_000 }),
      (from, more) => {
        const day = addDays('2000-01-01', from)
        assert.equal(addDays(addDays(day, more), -more), day)
        assert.ok(lastDayOf(monthOf(day)) >= day)
      },
    ),
  )
})
