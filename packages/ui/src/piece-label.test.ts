import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packInHindi } from './pack-words.ts'
import { pieceLabel } from './piece-label.ts'

test('a piece is called what its pack holds, in both languages', () => {
  assert.equal(pieceLabel('strip of 10 tablets', 55), '55 tablets')
  assert.equal(pieceLabel('strip of 15 Capsules', 1), '1 capsule')
  assert.equal(pieceLabel('casket', 3), '3 units')
  assert.equal(packInHindi(pieceLabel('strip of 10 tablets', 55)), '55 गोली')
})
