import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderState } from '@janta/contracts'
import { account } from '@janta/ui/messages/en/account.ts'
import { stepsOf, waitsForCustomer } from './order-steps.ts'

function order(...states: OrderState[]) {
  return {
    state: states.at(-1) ?? 'placed',
    fulfilment: 'delivery' as const,
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

test('an order that waits for its payment shows the whole way, and that it waits for the customer', () => {
  assert.deepEqual(shown('awaiting_prescription', 'awaiting_payment').slice(1), [
    'Waiting for your payment: now',
    'Placed: later',
    'Packed: later',
    'On the way: later',
    'Delivered: later',
  ])
  assert.ok(waitsForCustomer('awaiting_payment'))
  assert.ok(!waitsForCustomer('awaiting_prescription'))
})

test('what is collected is never on the way', () => {
  const collected = { ...order('placed'), fulfilment: 'pickup' as const }
  const titles = stepsOf(collected, account, 'en').map(({ title }) => title)
  assert.deepEqual(titles, ['Placed', 'Packed', 'Delivered'])
})
