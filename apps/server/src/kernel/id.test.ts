import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isId, newId } from '#kernel/id'

test('each id is a UUID of version 7 and higher than the one before, however fast they are asked for', () => {
  const ids = Array.from({ length: 5_000 }, () => newId())
  assert.deepEqual(ids, [...ids].sort())
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.every(id => isId(id) && id[14] === '7' && /[89ab]/.test(id[19]!)))
  // The last twelve digits are random: what was drawn for one id is not drawn for another.
  assert.equal(new Set(ids.map(id => id.slice(-10))).size, ids.length)
})
