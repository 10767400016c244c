import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceparentOf } from './traceparent.ts'

const sent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'

test('a trace that comes with the request goes on', () => {
  assert.equal(traceparentOf(sent), sent)
})

test('a page without a trace begins one, and another page another', () => {
  const one = traceparentOf(null)
  assert.match(one, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  assert.notEqual(traceparentOf(null), one)
})

test('what is no trace is never passed on', () => {
  const empty = '00-00000000000000000000000000000000-00f067aa0ba902b7-01'
  for (const wrong of ['', 'x', `${sent}\r\nx: y`, empty, sent.toUpperCase()]) {
    assert.notEqual(traceparentOf(wrong), wrong)
  }
})
