import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLoggerFile, readTenths, writeTenths } from './logger-file.ts'

test('a temperature is read digit by digit and written back', () => {
  assert.equal(readTenths('4.5'), 45)
  assert.equal(readTenths(' -18 °C'), -180)
  assert.equal(readTenths('4,5'), 45)
  assert.equal(readTenths('warm'), null)
  assert.equal(readTenths('123'), null)
  assert.equal(writeTenths(-185), '−18.5')
})

test('a logger’s lines are read whatever their order, in India’s time, and its headings passed over', () => {
  const file = [
    'Logger serial;12',
    'No,Time,Temperature',
    '1,2026-11-22 09:30:00,4.5',
    '2,22/11/2026 10:00,12.3',
    '4.1 °C;2026-11-22T05:00:00Z',
    'end of file',
  ].join('\r\n')
  assert.deepEqual(readLoggerFile(file), [
    { at: '2026-11-22T04:00:00.000Z', tenths: 45 },
    { at: '2026-11-22T04:30:00.000Z', tenths: 123 },
    { at: '2026-11-22T05:00:00.000Z', tenths: 41 },
  ])
})
