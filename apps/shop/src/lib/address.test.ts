import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkout } from '@janta/ui/messages/en/checkout.ts'
import { addressOf, gapsOf, readDraft } from './address.ts'

const typed: Record<string, unknown> = {
  pin: '452 001',
  recipientName: ' A Customer ',
  mobile: '+91 98765-43210',
  line1: '12 Example Road',
  city: 'Indore',
}
const draft = readDraft(field => typed[field])

test('an address without a landmark is complete', () => {
  assert.deepEqual(gapsOf(draft, checkout.need), {})
  assert.deepEqual(Object.keys(addressOf(draft)).sort(), [
    'city',
    'line1',
    'mobile',
    'pin',
    'recipientName',
  ])
  assert.equal(
    addressOf({ ...draft, landmark: 'Opposite the school' }).landmark,
    'Opposite the school',
  )
})

test('what is missing is named field by field', () => {
  const gaps = gapsOf(
    readDraft(() => undefined),
    checkout.need,
  )
  assert.deepEqual(Object.keys(gaps).sort(), ['city', 'line1', 'mobile', 'pin', 'recipientName'])
})

test('a PIN code and a mobile number are Indian', () => {
  for (const pin of ['012345', '45200', '4520011', 'abcdef']) {
    assert.ok(gapsOf({ ...draft, pin }, checkout.need).pin, pin)
  }
  for (const mobile of ['12345', '5876543210', '98765432100']) {
    assert.ok(gapsOf({ ...draft, mobile }, checkout.need).mobile, mobile)
  }
  for (const mobile of ['9876543210', '09876543210', '919876543210']) {
    assert.equal(gapsOf({ ...draft, mobile }, checkout.need).mobile, undefined, mobile)
  }
})

test('text too long for the shop is cut and files are no text', () => {
  assert.equal(readDraft(() => 'x'.repeat(500)).line1.length, 120)
  assert.equal(readDraft(() => ({ size: 1 })).line1, '')
})
