import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { equivalenceKey } from './equivalence-key.ts'
import { readListRow } from './listed-pack.ts'
import { manufacturerKey, nameKey } from './name-keys.ts'
import { nameSalt } from './name-salt.ts'
import { composed, readComposition } from './read-composition.ts'
import { readForm } from './read-form.ts'
import { readRupees } from './read-money.ts'
import { readPackLabel } from './read-pack-label.ts'
import { readStrength } from './read-strength.ts'

describe('strengths', () => {
  const written: [string, string][] = [
    ['500mg', '500 mg'],
    ['0.50 GM', '0.5 g'],
    ['125mg/5ml', '125 mg/5 ml'],
    ['30 MG 5ML', '30 mg/5 ml'],
    ['1mg/ml', '1 mg/ml'],
    ['2% w/w', '2% w/w'],
    ['0.5%w/v', '0.5% w/v'],
    ['60000IU', '60000 IU'],
    ['5,00,000 IU', '500000 IU'],
    ['100mcg/dose', '100 mcg/dose'],
    ['40 MG INJ', '40 mg'],
    ['NA', ''],
    ['', ''],
  ]
  for (const [text, shown] of written) {
    test(`${JSON.stringify(text)} reads ${JSON.stringify(shown)}`, () =>
      assert.equal(readStrength(text).text, shown))
  }
  const equal: [string, string][] = [
    ['0.5g', '500mg'],
    ['500mcg', '0.5mg'],
    ['125mg/5ml', '25mg/ml'],
    ['100mg/15ml', '20mg/3ml'],
    ['2.50 % w/v', '2.5% w/v'],
  ]
  for (const [one, other] of equal) {
    test(`${one} is ${other}`, () => assert.equal(readStrength(one).key, readStrength(other).key))
  }
  const different: [string, string][] = [
    ['5mg', '50mg'],
    ['5mg', '5mcg'],
    ['5mg', '5mg/ml'],
    ['5%w/w', '5%w/v'],
    ['5mg', '5IU'],
  ]
  for (const [one, other] of different) {
    test(`${one} is not ${other}`, () =>
      assert.notEqual(readStrength(one).key, readStrength(other).key))
  }
  test('grams, milligrams and micrograms of one amount always meet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), milligrams => {
        const grams = `${Math.trunc(milligrams / 1_000)}.${String(milligrams % 1_000).padStart(3, '0')}g`
        assert.equal(readStrength(grams).key, readStrength(`${milligrams}mg`).key)
        assert.equal(readStrength(`${milligrams}000mcg`).key, readStrength(`${milligrams}mg`).key)
      }),
    )
  })
})

describe('substances', () => {
  const names: [string, string, string | null][] = [
    ['Amoxycillin ', 'amoxicillin', null],
    ['Acetaminophen', 'paracetamol', null],
    ['Metoprolol Succinate IP', 'metoprolol succinate', 'metoprolol'],
    ['METFORMIN HYDROCHLORIDE', 'metformin hydrochloride', 'metformin'],
    ['Cefpodoxime Proxetil', 'cefpodoxime proxetil', 'cefpodoxime'],
    ['Calcium Carbonate', 'calcium carbonate', null],
    ['Calcium Dobesilate', 'calcium dobesilate', null],
    ['Sodium Valproate', 'valproate', null],
    ['Insulin Glargine', 'insulin glargine', 'insulin'],
    ['Cholecalciferol (Vitamin D3)', 'cholecalciferol', null],
    ['Codeine Phosphate', 'codeine phosphate', 'codeine'],
  ]
  for (const [spelling, name, base] of names) {
    test(`${spelling.trim()} is ${name}${base ? `, a salt of ${base}` : ''}`, () =>
      assert.deepEqual(nameSalt(spelling), { name, base }))
  }
})

describe('compositions', () => {
  const written: [string, string][] = [
    [
      'Amoxycillin  (500mg)  +  Clavulanic Acid (125mg)',
      'Amoxicillin 500 mg + Clavulanic Acid 125 mg',
    ],
    ['Montelukast 10 mg+Levocetirizine 5 mg', 'Montelukast 10 mg + Levocetirizine 5 mg'],
    ['Cefixime 50 MG 5ML', 'Cefixime 50 mg/5 ml'],
    ['Letrozole 2 5 MG', 'Letrozole 2.5 mg'],
    ['Omega 3 500 mg', 'Omega 3 500 mg'],
    ['Povidone Iodine (NA)', 'Povidone Iodine'],
    ['Povidone Iodine', 'Povidone Iodine'],
  ]
  for (const [text, shown] of written) {
    test(`${text} reads ${shown}`, () => {
      const salts = readComposition(text)
      assert(salts)
      assert.equal(composed(salts), shown)
    })
  }
  test('a part that names nothing makes the whole unread', () => {
    assert.equal(readComposition('Paracetamol (500mg) + (10mg)'), null)
    assert.equal(readComposition(''), null)
  })
})

describe('forms and equivalence', () => {
  const written: [{ label: string; form: string; name: string }, string, string][] = [
    [{ label: 'strip of 10 tablet sr', form: '', name: 'X' }, 'tablet', 'modified'],
    [
      { label: 'strip of 10 tablets', form: '', name: 'X DT Tablet' },
      'tablet_dispersible',
      'immediate',
    ],
    [{ label: 'packet of 5 ml Eye Drop', form: '', name: 'X' }, 'eye_drops', 'immediate'],
    [{ label: '', form: 'drops', name: 'X Eye Drops 5ml' }, 'eye_drops', 'immediate'],
    [{ label: '', form: 'tablet', name: 'X MR TAB' }, 'tablet', 'immediate'],
    [{ label: '', form: 'tablet', name: 'X 40 Tablet EC' }, 'tablet', 'delayed'],
    [{ label: 'vial of 1 Powder for Injection', form: '', name: 'X' }, 'injection', 'immediate'],
    [{ label: 'bottle of 60 ml Dry Syrup', form: '', name: 'X' }, 'suspension', 'immediate'],
    [{ label: '', form: '', name: 'MYSTERY 5' }, 'other', 'immediate'],
  ]
  for (const [told, group, release] of written) {
    test(`${told.label || told.form || 'nothing'} of ${told.name} is ${group}, ${release}`, () => {
      const form = readForm(told)
      assert.deepEqual([form.group, form.release], [group, release])
    })
  }
  const keyOf = (composition: string, label = 'strip of 10 tablets') =>
    equivalenceKey(readComposition(composition) ?? [], readForm({ label, form: '', name: '' }))

  test('the order of salts and the spelling of strengths do not matter', () => {
    assert.equal(
      keyOf('Montelukast (10mg) + Levocetirizine (5mg)'),
      keyOf('Levocetirizine (0.005g) + Montelukast (10mg)'),
    )
  })
  test('another salt, release or form is another medicine', () => {
    const tablet = keyOf('Metoprolol Succinate (50mg)')
    assert.notEqual(tablet, keyOf('Metoprolol Tartrate (50mg)'))
    assert.notEqual(tablet, keyOf('Metoprolol Succinate (50mg)', 'strip of 10 tablet er'))
    assert.notEqual(tablet, keyOf('Metoprolol Succinate (50mg)', 'strip of 10 capsules'))
  })
  test('an unknown strength compares with nothing', () => {
    assert.match(keyOf('Paracetamol (NA)'), /^\?/)
    assert.doesNotMatch(keyOf('Paracetamol (500mg)'), /^\?/)
  })
})

describe('pack labels', () => {
  const written: [string, string, string, number, string][] = [
    ['strip of 10 tablets', 'tablet', 'X', 10, 'tablet'],
    ['bottle of 100 ml Syrup', 'syrup', 'X', 100, 'ml'],
    ['tube of 30 gm Gel', 'gel', 'X', 30, 'g'],
    ['packet of 200 MDI Inhaler', 'inhaler', 'X', 200, 'dose'],
    ['vial of 1 Powder for Injection', 'injection', 'X', 1, 'vial'],
    ['prefilled syringe of 0.4 ml Injection', 'injection', 'X', 1, 'vial'],
    ['15 tablets in 1 strip', 'tablet', 'X', 15, 'tablet'],
    ["10'S", 'tablet', 'X', 10, 'tablet'],
    ['60ml', 'syrup', 'X', 60, 'ml'],
    ['10*15TAB', 'tablet', 'X', 150, 'tablet'],
    ['5*2ML', 'injection', 'X', 5, 'vial'],
    ['', 'syrup', 'COLDEX SYRUP 60ML', 60, 'ml'],
    ['Packaging not mentioned', 'tablet', 'X', 1, 'pack'],
  ]
  for (const [label, form, name, units, baseUnit] of written) {
    test(`${JSON.stringify(label || name)} holds ${units} ${baseUnit}`, () => {
      const pack = readPackLabel(label, { form, name })
      assert.deepEqual([pack?.unitsPerPack, pack?.baseUnit], [units, baseUnit])
    })
  }
  test('no pack holds nothing or a million', () => {
    assert.equal(readPackLabel('strip of 0 tablets', { form: 'tablet', name: 'X' }), null)
    assert.equal(readPackLabel('strip of 1000000 tablets', { form: 'tablet', name: 'X' }), null)
  })
})

describe('rupees and names', () => {
  const amounts: [string, number | null][] = [
    ['223.42', 223_42],
    ['118', 118_00],
    ['92.4', 92_40],
    ['₹ 1,23,456.50', 123_456_50],
    ['0', 0],
    ['-5', null],
    ['12.345', null],
    ['1e3', null],
    ['free', null],
  ]
  for (const [text, paise] of amounts) {
    test(`${text} is ${paise ?? 'no amount'}`, () => assert.equal(readRupees(text), paise))
  }
  test('spellings of one firm meet and different firms do not', () => {
    assert.equal(manufacturerKey('Sample India  Ltd'), manufacturerKey('SAMPLE INDIA LIMITED'))
    assert.equal(
      manufacturerKey('Sample & Sons Pvt. Ltd.'),
      manufacturerKey('Sample and Sons Private Limited'),
    )
    assert.notEqual(manufacturerKey('Sample Pharma'), manufacturerKey('Simple Pharma'))
  })
  test('a name is compared without its quotes and double spaces', () => {
    assert.equal(nameKey("Paravali  650 Tablet 10'S"), nameKey('PARAVALI 650 tablet 10s'))
  })
})

describe('a row of a list', () => {
  const row = {
    name: 'Paravali 650 Tablet',
    manufacturer: 'Sample Labs',
    form: '',
    packLabel: 'strip of 15 tablets',
    composition: 'Paracetamol (650mg)',
    isCutOff: false,
    mrp: '30.91',
    isDiscontinued: false,
    popularity: 0,
  }
  const codes = (changes: Partial<typeof row>) => {
    const read = readListRow({ ...row, ...changes })
    return 'rejected' in read
      ? [`rejected ${read.rejected.code}`]
      : read.notices.map(one => one.code)
  }
  const cases: [Partial<typeof row>, string[]][] = [
    [{}, []],
    [{ name: '  ' }, ['rejected name_missing']],
    [{ name: 'x'.repeat(301) }, ['rejected name_too_long']],
    [{ name: 'Para\u0000vali' }, ['rejected unreadable_text']],
    [{ mrp: 'abc' }, ['rejected mrp_unreadable']],
    [{ packLabel: 'strip of 0 tablets' }, ['rejected pack_impossible']],
    [{ mrp: '' }, ['mrp_missing']],
    [{ mrp: '0.5' }, ['mrp_implausible']],
    [{ composition: '' }, ['composition_missing']],
    [{ composition: 'Paracetamol (NA)' }, ['strength_missing']],
    [{ composition: 'Paracetamol  (650mg)' }, ['double_space']],
    [{ isCutOff: true }, ['composition_cut_off']],
    [{ isDiscontinued: true }, ['discontinued']],
    [{ manufacturer: '' }, ['manufacturer_missing']],
    [{ packLabel: '' }, ['pack_unstated']],
  ]
  for (const [changes, expected] of cases) {
    test(`${JSON.stringify(changes).slice(0, 60)} is answered with ${expected.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(codes(changes), expected))
  }
})
