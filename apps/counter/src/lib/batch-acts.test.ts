import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actsFor } from './batch-acts.ts'

const batch = {
  id: 'b',
  name: 'Tablets',
  batchNumber: 'B1',
  unitsPerPack: 10,
  freeUnits: 0,
  apart: {},
}

test('only what there is something for is offered', () => {
  assert.deepEqual(actsFor(batch), [])
  assert.deepEqual(actsFor({ ...batch, freeUnits: 9 }), ['set_apart'])
  assert.deepEqual(actsFor({ ...batch, freeUnits: 10 }), ['set_apart', 'cut'])
  assert.deepEqual(actsFor({ ...batch, apart: { expired: 5 } }), ['write_off'])
  assert.deepEqual(actsFor({ ...batch, apart: { damaged: 5 } }), ['release', 'write_off'])
  assert.deepEqual(actsFor({ ...batch, unitsPerPack: 1, freeUnits: 3 }), ['set_apart'])
})
