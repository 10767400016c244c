import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextPath } from './next-path.ts'

test('signing in leads back to the page it was asked from', () => {
  assert.equal(nextPath('/checkout'), '/checkout')
  assert.equal(nextPath('/orders/1?placed=1'), '/orders/1?placed=1')
})

test('signing in never leads to another site', () => {
  for (const asked of [
    null,
    '',
    'checkout',
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ]) {
    assert.ok(nextPath(asked).startsWith('/'), String(asked))
    assert.equal(
      new URL(nextPath(asked), 'https://shop.example').host,
      'shop.example',
      String(asked),
    )
  }
})
