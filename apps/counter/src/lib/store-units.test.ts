import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readUnits, writeUnits } from './store-units.ts'

test('base units are said as packs with what is loose, and a shortage keeps its minus', () => {
  assert.equal(writeUnits(124, 10, 'en'), '12 + 4')
  assert.equal(writeUnits(120, 10, 'en'), '12')
  assert.equal(writeUnits(-14, 10, 'en'), '−1 + 4')
  assert.equal(writeUnits(0, 10, 'en'), '0')
})

test('an empty part is none, both empty is no count, and what is no whole number is refused', () => {
  assert.equal(readUnits('12', '4', 10), 124)
  assert.equal(readUnits('', '4', 10), 4)
  assert.equal(readUnits('0', '', 10), 0)
  assert.equal(readUnits('', '', 10), null)
  assert.equal(readUnits('1.5', '', 10), null)
  assert.equal(readUnits('999999999', '', 10), null)
})
