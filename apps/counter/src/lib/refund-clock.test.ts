import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefundShown } from '@janta/contracts'
import { isRefundLate, refundClock } from './refund-clock.ts'

const refund = (more: Partial<RefundShown>): RefundShown => ({
  id: '00000000-0000-4000-8000-000000000001',
  amountPaise: 12_050,
  reason: 'returned',
  state: 'sent',
  askedAt: '2026-11-20T05:00:00.000Z',
  sentAt: '2026-11-20T05:01:00.000Z',
  settledAt: null,
  expectedBy: '2026-11-27',
  bankReference: null,
  ...more,
})
const states = (more: Partial<RefundShown>) => refundClock(refund(more)).map(one => one.state)

test('a refund that waits for a second look, or was withdrawn, has no clock', () => {
  assert.deepEqual(states({ state: 'proposed' }), [])
  assert.deepEqual(states({ state: 'withdrawn' }), [])
})

test('the clock goes from decided to the bank to the account', () => {
  assert.deepEqual(states({ state: 'asked', sentAt: null }), ['now', 'later', 'later'])
  assert.deepEqual(states({ state: 'sent' }), ['done', 'now', 'later'])
  assert.deepEqual(states({ state: 'settled' }), ['done', 'done', 'done'])
})

test('a refund the bank gave back stands still at the bank', () => {
  assert.deepEqual(states({ state: 'failed' }), ['done', 'stopped', 'later'])
})

test('a refund is late from the day after the promised one, until it arrives', () => {
  assert.equal(isRefundLate(refund({}), '2026-11-27'), false)
  assert.equal(isRefundLate(refund({}), '2026-11-28'), true)
  assert.equal(isRefundLate(refund({ state: 'settled' }), '2026-11-28'), false)
  assert.equal(isRefundLate(refund({ expectedBy: null }), '2026-11-28'), false)
})
