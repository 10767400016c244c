import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packNames } from './pack-names.ts'

test('a page in Hindi names the packs it can, and one in English needs no names', () => {
  const labels = ['strip of 10 tablets', 'casket of 3 odontoids']
  assert.deepEqual(packNames(labels, 'hi'), { 'strip of 10 tablets': '10 गोली का पत्ता' })
  assert.deepEqual(packNames(labels, 'en'), {})
})
