import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionPath } from './action-path.ts'

test('a form keeps the query of its page and names one action', () => {
  const at = (address: string) => actionPath(new URL(address, 'https://shop.example'), 'send')
  assert.equal(at('/sign-in'), '?/send')
  assert.equal(at('/sign-in?next=%2Fcheckout'), '?/send&next=%2Fcheckout')
  assert.equal(at('/sign-in?/confirm&next=%2Fcheckout'), '?/send&next=%2Fcheckout')
})
