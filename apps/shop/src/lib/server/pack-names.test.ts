import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packNames, withPackNamed } from './pack-names.ts'

test('a page in Hindi names the packs it can, and one in English needs no names', () => {
  const labels = ['strip of 10 tablets', 'casket of 3 odontoids']
  assert.deepEqual(packNames(labels, 'hi'), { 'strip of 10 tablets': '10 गोली का पत्ता' })
  assert.deepEqual(packNames(labels, 'en'), {})
})

test('a card says its pack in the language of the page, and as printed where it has no words', () => {
  const card = { name: 'Sample 500', packLabel: 'strip of 10 tablets' }
  assert.deepEqual(withPackNamed(card, 'hi'), { ...card, packLabel: '10 गोली का पत्ता' })
  assert.deepEqual(withPackNamed(card, 'en'), card)
  const odd = { packLabel: 'casket of 3 odontoids' }
  assert.deepEqual(withPackNamed(odd, 'hi'), odd)
})
