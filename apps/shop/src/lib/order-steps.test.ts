import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderState } from '@janta/contracts'
import { account } from '@janta/ui/messages/en/account.ts'
import { stepsOf } from './order-steps.ts'

function order(...states: OrderState[]) {
  return {
    state: states.at(-1) ?? 'placed',
    timeline: states.map(state => ({ state, at: '2026-11-22T10:00:00Z', by: null })),
  }
}
const shown = (...states: OrderState[]) =>
  stepsOf(order(...states), account, 'en').map(step => `${step.title}: ${step.state}`)

test('a placed order shows the way that is left', () => {
  assert.deepEqual(shown('placed'), [
    'Placed: now',
    'Packed: later',
    'On the way: later',
    'Delivered: later',
  ])
})

test('a delivered order has nothing left', () => {
  assert.deepEqual(
    shown('placed', 'packed', 'out_for_delivery', 'delivered').at(-1),
    'Delivered: done',
  )
})

test('a cancelled order waits for nothing', () => {
  assert.deepEqual(shown('placed', 'cancelled'), ['Placed: done', 'Cancelled: stopped'])
})
