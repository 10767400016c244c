import assert from 'node:assert/strict'
import { test } from 'node:test'
import { equivalenceKey } from './equivalence-key.ts'
import { type CeilingRow, readCeiling } from './read-ceiling.ts'
import { readComposition } from './read-composition.ts'
import { readForm } from './read-form.ts'

const row = (given: Partial<CeilingRow>): CeilingRow => ({
  name: 'Paracetamol',
  strength: 'Tablet 500mg',
  unit: '1 Tablet',
  ceiling: '0.91',
  from: '',
  ...given,
})

const read = (given: Partial<CeilingRow>) => {
  const found = readCeiling(row(given))
  assert.ok(!('faults' in found), JSON.stringify(found))
  return found
}

const codes = (given: Partial<CeilingRow>) => {
  const found = readCeiling(row(given))
  return 'faults' in found ? found.faults.map(one => `${one.field} ${one.code}`) : []
}

/** The key of a pack as lists of medicines give it. */
const packKey = (composition: string, label: string) =>
  equivalenceKey(readComposition(composition) ?? [], readForm({ label, form: '', name: '' }))

test('a notified formulation has the key of the packs that hold it', () => {
  assert.deepEqual(read({ from: '01.04.2026' }), {
    equivalenceKey: packKey('Paracetamol (500mg)', 'strip of 10 tablets'),
    baseUnit: 'tablet',
    ceilingPaise: 91,
    from: '2026-04-01',
  })
})

test('lettered combinations are paired in their order, and a lone cell says it all', () => {
  const both = read({
    name: 'Amoxicillin (A) + Clavulanic acid (B)',
    strength: 'Tablet 500mg (A) + 125mg (B)',
  })
  const pack = packKey('Amoxycillin (500mg) + Clavulanic Acid (125mg)', 'strip of 6 tablets')
  assert.equal(both.equivalenceKey, pack)
  const alone = read({ name: 'Paracetamol Tablets IP 500 mg', strength: '', unit: '' })
  assert.equal(alone.equivalenceKey, read({}).equivalenceKey)
  assert.equal(alone.baseUnit, 'tablet')
})

test('liquids and injections are counted by what the list names', () => {
  assert.equal(
    read({ strength: 'Oral liquid 125mg/5ml', unit: '1 ml', name: 'Syrup' }).baseUnit,
    'ml',
  )
  assert.equal(read({ strength: 'Injection 1g', unit: 'Each Vial' }).baseUnit, 'vial')
  assert.equal(read({ strength: 'Cream 1%', unit: 'per gm' }).baseUnit, 'g')
})

test('what is not said wholly is refused beside its cell, never guessed', () => {
  assert.deepEqual(codes({ name: '' }), ['name name_missing'])
  assert.deepEqual(codes({ strength: 'Tablet' }), ['strength strength_unread'])
  assert.deepEqual(codes({ name: 'A + B' }), ['strength strength_unread'])
  assert.deepEqual(codes({ strength: '500mg' }), ['strength form_unread'])
  assert.deepEqual(codes({ ceiling: '0' }), ['ceiling ceiling_unreadable'])
  assert.deepEqual(codes({ ceiling: '0.912' }), ['ceiling ceiling_unreadable'])
  assert.deepEqual(codes({ unit: '10 tablets' }), ['unit unit_unreadable'])
  assert.deepEqual(codes({ strength: 'Injection 1g', unit: '' }), ['unit unit_unreadable'])
  assert.deepEqual(codes({ from: '31.02.2026' }), ['from day_unreadable'])
  assert.deepEqual(codes({ from: 'soon' }), ['from day_unreadable'])
})
