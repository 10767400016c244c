import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digitsOf } from './digits.ts'

test('digits are read in both scripts and through what people put between them', () => {
  assert.equal(digitsOf('+91 98765-43210'), '919876543210')
  assert.equal(digitsOf('४८२ ९१३'), '482913')
  assert.equal(digitsOf('no number'), '')
})
