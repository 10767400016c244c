import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayAfter, sellerOf, type SellerTyped } from './seller-form.ts'

const typed: SellerTyped = {
  legalName: ' Sample Chemists Private Limited ',
  tradeName: 'Sample Chemists',
  address: '12 Invented Lane\n\n  Indore ',
  pin: '452001',
  gstin: '23aaaaa0000a1za',
  licences: '20: MP/IND/20/1234\n21: MP/IND/21/1234',
  fssaiNumber: '',
  phone: '',
  email: '',
  hsnDigits: 4,
  deliveryTreatment: 'own_service',
  effectiveFrom: '2027-04-01',
}
const by = { storeId: '0190a1b2-0000-7000-8000-000000000001', earliest: '2027-03-31' }
const wrongOf = (change: Partial<SellerTyped>) => sellerOf({ ...typed, ...change }, by).wrong

test('what is typed becomes the facts, without what was not said', () => {
  assert.deepEqual(sellerOf(typed, by).body, {
    storeId: by.storeId,
    effectiveFrom: '2027-04-01',
    legalName: 'Sample Chemists Private Limited',
    tradeName: 'Sample Chemists',
    addressLines: ['12 Invented Lane', 'Indore'],
    pin: '452001',
    gstin: '23AAAAA0000A1ZA',
    drugLicences: ['20: MP/IND/20/1234', '21: MP/IND/21/1234'],
    hsnDigits: 4,
    deliveryTreatment: 'own_service',
  })
})

test('what cannot be is said at its field', () => {
  assert.deepEqual(wrongOf({ gstin: '23AAAAA0000A1ZB' }), [['gstin', 'needGstin']])
  assert.deepEqual(wrongOf({ effectiveFrom: '2027-03-30' }), [['effectiveFrom', 'needDay']])
  assert.deepEqual(wrongOf({ licences: ' \n ' }), [['licences', 'needLicences']])
  assert.deepEqual(wrongOf({ address: 'a\nb\nc\nd\ne' }), [['address', 'needAddress']])
  assert.deepEqual(wrongOf({ fssaiNumber: '123', email: 'x', phone: '12' }), [
    ['fssaiNumber', 'needFssai'],
    ['phone', 'needPhone'],
    ['email', 'needEmail'],
  ])
})

test('the day after the last of a year is the first of the next', () => {
  assert.equal(dayAfter('2026-12-31'), '2027-01-01')
  assert.equal(dayAfter('2028-02-28'), '2028-02-29')
})
