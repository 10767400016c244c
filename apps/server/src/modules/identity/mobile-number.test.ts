import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskMobile, parseMobile } from './mobile-number.ts'

test('a mobile number is understood however it is typed', () => {
  const typed = [
    '9000000001',
    '+91 90000 00001',
    '09000000001',
    '91-9000000001',
    '(90000) 00001',
    '९०००००००००१'.slice(0, 9) + '१',
  ]
  for (const one of typed) assert.equal(parseMobile(one), '+919000000001', one)
})

test('what is not an Indian mobile number is not guessed at', () => {
  for (const one of [
    '',
    '900000000',
    '5000000001',
    '+1 9000000001',
    '90000000011',
    'nine',
    "'; drop table",
  ]) {
    assert.equal(parseMobile(one), undefined, one)
  }
})

test('a masked number shows too little to call it', () => {
  const masked = maskMobile('+919123456780')
  assert.equal(masked, '+91 91••• ••780')
  assert.ok(!masked.includes('23456'))
})
