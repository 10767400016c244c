import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusals as codes } from '@janta/contracts'
import { refusals as shared } from '@janta/ui/messages/hi/refusals.ts'
import { refusals as own } from './messages/hi/refusals.ts'
import { refusals as rx } from './messages/hi/refusals-rx.ts'
import { refusals as store } from './messages/hi/refusals-store.ts'

test('every refusal has a Hindi sentence at the desk, in Devanagari, and no sentence is left over', () => {
  const said: Record<string, string> = { ...shared, ...own, ...rx, ...store }
  const lacking = Object.keys(codes).filter(code => !/[ऀ-ॿ]/.test(said[code] ?? ''))
  assert.ok(Object.keys(codes).length > 100, 'the codes were read')
  assert.deepEqual(lacking, [])
  const unknown = [rx, store].flatMap(one => Object.keys(one)).filter(code => !(code in codes))
  assert.deepEqual(unknown, [])
})
