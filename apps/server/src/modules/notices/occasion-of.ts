import type { NoticeOccasion, OrderState } from '@janta/contracts'
import type { Contact } from '#modules/ordering'
import type { Event } from '#kernel/events'

/** Which event tells what; an event without an occasion of its own is decided by the order. */
const plain: Readonly<Record<string, NoticeOccasion>> = {
  'prescriptions.question_asked': 'question',
  'prescriptions.prescription_revoked': 'checking_again',
  'ordering.order_returned': 'returned',
  'ordering.order_cancelled': 'cancelled',
  'payments.refund_settled': 'refunded',
  'recall.buyer_to_tell': 'recalled',
}

/** Told only while the order is where the news says; the next news is on its way otherwise. */
const bound: Readonly<Record<string, OrderState>> = {
  'ordering.order_placed': 'placed',
  'ordering.order_packed': 'packed',
  'ordering.order_handed_over': 'out_for_delivery',
  'ordering.order_delivered': 'delivered',
}

export const toldEvents: readonly string[] = [
  'ordering.order_awaiting',
  ...Object.keys(bound),
  ...Object.keys(plain),
]

/** What the customer of this order is told of the event; nothing when it is past, or when she stands before it herself. */
export function occasionOf(event: Event, order: Contact): NoticeOccasion | undefined {
  const known = plain[event.name]
  if (known) return known
  const state =
    event.name === 'ordering.order_awaiting' ? event.payload['state'] : bound[event.name]
  if (state !== order.state) return undefined
  switch (state) {
    case 'awaiting_prescription':
      return 'checking'
    case 'awaiting_choice':
      return 'choice'
    case 'awaiting_payment':
      // Without a pharmacist in between she was led to the payment at once.
      return order.needsPrescription ? 'payment' : undefined
    case 'placed':
      return 'confirmed'
    case 'packed':
      return order.fulfilment === 'pickup' ? 'ready' : 'packed'
    case 'out_for_delivery':
      return 'on_the_way'
    case 'delivered':
      return 'delivered'
    default:
      return undefined
  }
}
