import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvRow } from './csv.ts'

test('a cell that a spreadsheet would run is shown as text', () => {
  for (const bomb of ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1']) {
    assert.ok(csvRow([bomb]).replace(/^"/, '').startsWith("'"), bomb)
  }
})

test('numbers, quotes, commas and lines come through as they are', () => {
  assert.equal(csvRow(['-5.50', 'a"b', 'c,d', 'e\nf', 'ग']), '-5.50,"a""b","c,d","e\nf",ग\r\n')
})
