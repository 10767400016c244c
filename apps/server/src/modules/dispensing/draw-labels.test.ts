import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedSample } from '#test/printed-for-tests'
import { drawCutLabel } from './draw-cut-label.ts'
import { quantityIn } from './directions-words.ts'

const longName = 'Sample Amoxycillin Clavulanate Potassium Duo Forte 625 mg Tablet with a Long Name'

test('the label of a cut strip is one label, however long its name and however many the licences', async () => {
  const { seller } = printedSample()
  const piece = {
    name: longName,
    units: 5,
    baseUnit: 'tablet',
    batchNumber: 'LONGBATCH-2026/77-A',
    expiry: '2028-04',
    manufacturer: 'Invented Laboratories Ltd',
    at: new Date('2026-11-22T05:00:00Z'),
  }
  const licences = [...seller.drugLicences, ...seller.drugLicences]
  for (const one of [seller, { ...seller, drugLicences: licences }]) {
    const pdf = (await drawCutLabel(piece, one)).toString('latin1')
    assert.equal(pdf.match(/\/Type \/Page\b(?!s)/g)?.length, 1)
  }
})

test('more than one is said as English says it', () => {
  const said = ['tablet', 'ml', 'patch', 'suppository'].map(unit => quantityIn(2, unit, 'en'))
  assert.deepEqual(said, ['2 tablets', '2 ml', '2 patches', '2 suppositories'])
})
