import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGstin } from '@janta/contracts'
import { splitOf, stateOfCode, stateOfName } from './place-of-supply.ts'

const split = (from: string, to: string) => splitOf(stateOfName(from), stateOfName(to))

test('within a state, and within Delhi, Puducherry and Jammu and Kashmir, the halves are CGST and SGST', () => {
  for (const one of ['Madhya Pradesh', 'Delhi', 'Puducherry', 'Jammu and Kashmir']) {
    assert.equal(split(one, one), 'intra_state', one)
  }
})

test('within a Union territory without a legislature the second half is UTGST', () => {
  const without = [
    'Chandigarh',
    'Ladakh',
    'Lakshadweep',
    'Andaman and Nicobar Islands',
    'Dadra and Nagar Haveli and Daman and Diu',
  ]
  for (const one of without) assert.equal(split(one, one), 'intra_union', one)
})

test('to anywhere else the whole tax is IGST', () => {
  assert.equal(split('Madhya Pradesh', 'Maharashtra'), 'inter')
  assert.equal(split('Chandigarh', 'Punjab'), 'inter')
})

test('a state is known however it is written, and an unknown one is refused', () => {
  assert.equal(stateOfName(' ANDAMAN & NICOBAR ISLANDS').code, '35')
  assert.equal(stateOfName('The Dadra and Nagar Haveli and Daman and Diu').code, '26')
  assert.equal(stateOfCode('23')?.name, 'Madhya Pradesh')
  assert.throws(() => stateOfName('Atlantis'), { code: 'place_of_supply_unknown' })
})

test('the check character of a GSTIN is computed as the portal does', () => {
  assert.ok(isGstin('27AAPFU0939F1ZV'))
  for (const wrong of [
    '27AAPFU0939F1ZW',
    '27AAPFU0939F0ZV',
    '27aapfu0939f1zv',
    '27AAPFU0939F1Z',
    '',
  ]) {
    assert.ok(!isGstin(wrong), wrong)
  }
})
