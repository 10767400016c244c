import assert from 'node:assert/strict'
import { test } from 'node:test'
import { medicinePath, medicineSlug } from './medicine-path.ts'

test('an address has plain words and never ends up empty', () => {
  assert.equal(medicineSlug('  Crème 1% (30 g) '), 'creme-1-30-g')
  assert.equal(medicineSlug('दवा'), 'medicine')
  assert.equal(medicinePath({ id: 'x', name: 'Sample 500' }), '/medicine/x/sample-500')
})
