import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf } from '#kernel/day'
import { invoiceKindOf } from './document-kind.ts'
import { documentNumber } from './document-number.ts'

test('a number names its series and its financial year in exactly sixteen characters', () => {
  assert.equal(documentNumber('JP', '2026-11-22', 123), 'JP/26-27/0000123')
  assert.equal(documentNumber('JP2', '2026-11-22', 123), 'JP2/26-27/000123')
})

test('31 March 23:59:59 in India is the old financial year, one second later is the new one', () => {
  const last = new Date('2027-03-31T18:29:59Z')
  assert.equal(documentNumber('JP', dayOf(last), 1), 'JP/26-27/0000001')
  assert.equal(documentNumber('JP', dayOf(new Date(last.getTime() + 1_000)), 1), 'JP/27-28/0000001')
})

test('a series ends rather than reuse or lengthen a number', () => {
  assert.throws(() => documentNumber('JP', '2026-11-22', 10_000_000), /full/)
  assert.throws(() => documentNumber('jp', '2026-11-22', 1), /no document number/)
  assert.throws(() => documentNumber('0P', '2026-11-22', 1), /no document number/)
})

const line = (rateBasisPoints: number) => ({ rateBasisPoints })
test('what a document is called follows from what is on it', () => {
  assert.equal(invoiceKindOf([line(500), line(1800)], false), 'tax_invoice')
  assert.equal(invoiceKindOf([line(0)], false), 'bill_of_supply')
  assert.equal(invoiceKindOf([line(0), line(500)], false), 'invoice_cum_bill')
  assert.equal(invoiceKindOf([line(500)], true), 'tax_invoice')
  assert.throws(() => invoiceKindOf([line(0), line(500)], true), { code: 'invoice_mixed_supply' })
})
