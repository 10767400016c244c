import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeOccasions, type OrderState } from '@janta/contracts'
import type { Contact } from '#modules/ordering'
import { occasionOf, toldEvents } from './occasion-of.ts'

const order = (state: OrderState, more: Partial<Contact> = {}): Contact => ({
  orderId: 'o',
  personId: 'p',
  orderNumber: 'JP-10001',
  language: 'en',
  state,
  fulfilment: 'delivery',
  needsPrescription: true,
  ...more,
})
const told = (name: string, at: Contact, payload: Record<string, unknown> = {}) =>
  occasionOf({ id: 'e', name, payload }, at)
const awaiting = (at: Contact, state: OrderState = at.state) =>
  told('ordering.order_awaiting', at, { state })

test('each step of an order has its words, and every occasion its step', () => {
  const steps = [
    [awaiting(order('awaiting_prescription')), 'checking'],
    [told('prescriptions.question_asked', order('awaiting_prescription')), 'question'],
    [awaiting(order('awaiting_choice')), 'choice'],
    [awaiting(order('awaiting_payment')), 'payment'],
    [told('ordering.order_placed', order('placed')), 'confirmed'],
    [told('prescriptions.prescription_revoked', order('placed')), 'checking_again'],
    [told('ordering.order_packed', order('packed')), 'packed'],
    [told('ordering.order_packed', order('packed', { fulfilment: 'pickup' })), 'ready'],
    [told('ordering.order_handed_over', order('out_for_delivery')), 'on_the_way'],
    [told('ordering.order_delivered', order('delivered')), 'delivered'],
    [told('ordering.order_returned', order('returned')), 'returned'],
    [told('ordering.order_cancelled', order('cancelled')), 'cancelled'],
    [told('payments.refund_settled', order('cancelled')), 'refunded'],
    [told('recall.buyer_to_tell', order('delivered')), 'recalled'],
  ]
  for (const [found, expected] of steps) assert.equal(found, expected)
  assert.deepEqual(
    new Set(steps.map(([, expected]) => expected)),
    new Set<string>(noticeOccasions),
    'each occasion is some step’s',
  )
  assert.equal(toldEvents.length, 11)
})

test('news that is past is not told, because the next is on its way', () => {
  assert.equal(awaiting(order('cancelled'), 'awaiting_choice'), undefined)
  assert.equal(told('ordering.order_placed', order('packed')), undefined)
})

test('who was led to the payment at once is not told to pay', () => {
  assert.equal(awaiting(order('awaiting_payment', { needsPrescription: false })), undefined)
})
