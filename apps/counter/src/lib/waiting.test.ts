import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderState } from '@janta/contracts'
import { minutesWaiting, rowsPastTarget, urgencyOf } from './waiting.ts'

const now = new Date('2026-11-22T12:00:00Z')
const order = (state: OrderState, placedAt: string, promisedBy: string) => ({
  state,
  placedAt: `2026-11-22T${placedAt}:00Z`,
  promisedBy: `2026-11-22T${promisedBy}:00Z`,
})

test('a broken promise is late whatever the state before the end', () => {
  for (const state of ['placed', 'packed', 'out_for_delivery'] as const) {
    assert.equal(urgencyOf(order(state, '06:00', '11:59'), now), 'late')
  }
  for (const state of ['delivered', 'returned', 'cancelled'] as const) {
    assert.equal(urgencyOf(order(state, '06:00', '11:59'), now), 'over')
  }
})

test('thirty minutes unpacked or an hour to the promise needs someone', () => {
  assert.equal(urgencyOf(order('placed', '11:30', '18:00'), now), 'soon')
  assert.equal(urgencyOf(order('placed', '11:31', '18:00'), now), 'in_time')
  assert.equal(urgencyOf(order('packed', '08:00', '12:59'), now), 'soon')
  assert.equal(urgencyOf(order('packed', '08:00', '13:00'), now), 'in_time')
})

test('waiting is whole minutes and never negative', () => {
  assert.equal(minutesWaiting({ placedAt: '2026-11-22T11:33:40Z' }, now), 26 + 1)
  assert.equal(minutesWaiting({ placedAt: '2026-11-22T12:00:30Z' }, now), 0)
})

test('the target line stands after the orders that passed it', () => {
  const queue = [
    order('placed', '11:00', '18:00'),
    order('placed', '11:29', '18:00'),
    order('placed', '11:45', '18:00'),
  ]
  assert.equal(rowsPastTarget(queue, now), 2)
  assert.equal(rowsPastTarget([], now), 0)
})
