import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ListRow, readListRow } from './listed-pack.ts'
import { composed, readComposition } from './read-composition.ts'

const read = (text: string): string | null => {
  const salts = readComposition(text)
  return salts && composed(salts)
}

test('salts parted by commas and "and" are all read, so that none is hidden', () => {
  const cases = {
    'Paracetamol 125 mg, Phenylephrine 5 mg and Cetirizine 2 mg Drops':
      'Paracetamol 125 mg + Phenylephrine 5 mg + Cetirizine 2 mg',
    'Paracetamol 650mg and Caffeine 50mg Tablets IP': 'Paracetamol 650 mg + Caffeine 50 mg',
    'Abacavir 600mg, Dolutegravir 50mg and Lamivudine 300mg Tablets':
      'Abacavir 600 mg + Dolutegravir 50 mg + Lamivudine 300 mg',
    'Aceclofenac 1.00% w/w, Menthol 5.00% w/w Spray': 'Aceclofenac 1% w/w + Menthol 5% w/w',
    'Vitamin D3 60,000 IU': 'Cholecalciferol 60000 IU',
  }
  for (const [text, salts] of Object.entries(cases)) {
    assert.equal(read(text)?.toLowerCase(), salts.toLowerCase(), text)
  }
})

test('words left over after a strength may hide a salt, so nothing is read', () => {
  for (const text of [
    'Paracetamol 325 mg Tramadol 37.5 mg',
    'Paracetamol 125 mg with Codeine',
    'Ibuprofen (400mg Paracetamol)',
  ]) {
    assert.equal(read(text), null, text)
  }
})

test('form, release and pharmacopoeia after a strength are not salts', () => {
  assert.equal(read('Paracetamol 650 mg Tablets IP')?.toLowerCase(), 'paracetamol 650 mg')
  assert.equal(
    read('Aceclofenac 200mg Sustained Release Tablets')?.toLowerCase(),
    'aceclofenac 200 mg',
  )
})

const row: ListRow = {
  name: '',
  manufacturer: 'Sample Laboratories',
  form: 'tablet',
  packLabel: "15's",
  composition: 'Paracetamol 650 mg',
  isCutOff: false,
  mrp: '14.95',
  isDiscontinued: false,
  popularity: 0,
}

const stateOf = (name: string): string => {
  const one = readListRow({ ...row, name })
  assert.ok('pack' in one)
  return one.pack.compositionState
}

test('a name that says another strength than the composition is not sold on either’s word', () => {
  assert.equal(stateOf('Samplota 500mg Tablet'), 'incomplete')
  assert.equal(stateOf('Samplota 650mg Tablet'), 'stated')
  assert.equal(stateOf('Samplota 0.65 g Tablet'), 'stated')
  assert.equal(stateOf('Samplota 650 Tablet'), 'stated')
})
