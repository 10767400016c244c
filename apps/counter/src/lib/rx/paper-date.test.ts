import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPaperDate } from './paper-date.ts'

test('a date is read from as few digits as say it', () => {
  const today = '2026-11-22'
  for (const [typed, day] of [
    ['20', '2026-11-20'],
    ['22', '2026-11-22'],
    ['23', '2026-10-23'],
    ['31', '2026-10-31'],
    ['2011', '2026-11-20'],
    ['20/11', '2026-11-20'],
    ['2512', '2025-12-25'],
    ['201126', '2026-11-20'],
    ['01.12.2026', '2026-12-01'],
    ['5', '2026-11-05'],
  ]) {
    assert.equal(readPaperDate(typed!, today), day, typed)
  }
})

test('a day that does not exist is no date', () => {
  for (const typed of ['', '0', '32', '3102', '310226', '2913', 'x', '20-11-26-1']) {
    assert.equal(readPaperDate(typed, '2026-11-22'), null, typed)
  }
  assert.equal(readPaperDate('31', '2026-03-01'), '2026-01-31')
})
