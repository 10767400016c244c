import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFor, sayReason } from './document-words.ts'

test('a credit note says a reason of the house in words, and what a person wrote as it was written', () => {
  const hindi = sayFor({ language: 'hi' })
  assert.equal(sayReason('refused_at_door', sayFor({ language: 'en' })), 'Refused at the door')
  assert.equal(sayReason('returned', hindi), 'Medicines given back · दवा लौटाई गई')
  assert.equal(sayReason('Came broken', hindi), 'Came broken')
})
