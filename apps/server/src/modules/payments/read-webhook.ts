import { Refusal } from '#kernel/refusal'
import type { PaymentSnapshot, RefundSnapshot } from './gateway.ts'
import { readPayment, readRefund, StrangeAnswer } from './razorpay-shapes.ts'

/** What one webhook says, without the customer's particulars; empty for events that do not concern us. */
export interface WebhookSaid {
  readonly name: string
  readonly saidAt: Date
  readonly snapshot: { readonly payment?: PaymentSnapshot; readonly refund?: RefundSnapshot }
}

type Payload = Record<string, { entity?: unknown } | undefined>

const paymentEvents = new Set([
  'payment.authorized',
  'payment.captured',
  'payment.failed',
  'order.paid',
])
const refundEvents = new Set([
  'refund.created',
  'refund.processed',
  'refund.failed',
  'refund.speed_changed',
])

/** Reads a body whose signature was found good. A shape the gateway does not document is refused (`malformed_request`). */
export function readWebhook(body: Buffer): WebhookSaid {
  const { event, created_at: seconds, payload } = readEnvelope(body)
  if (typeof event !== 'string' || event.length > 60 || !Number.isSafeInteger(seconds)) {
    throw malformed()
  }
  const entities = (typeof payload === 'object' && payload !== null ? payload : {}) as Payload
  const saidAt = new Date(Number(seconds) * 1_000)
  if (Number.isNaN(saidAt.getTime())) throw malformed()
  try {
    return { name: event, saidAt, snapshot: snapshotOf(event, entities) }
  } catch (error) {
    throw error instanceof StrangeAnswer ? malformed() : error
  }
}

function snapshotOf(event: string, entities: Payload): WebhookSaid['snapshot'] {
  if (refundEvents.has(event)) return { refund: readRefund(entities['refund']?.entity) }
  // A payment made without an order of ours (a link, a QR code of the gateway) is not ours to take.
  const payment = entities['payment']?.entity
  const hasOrder = typeof (payment as { order_id?: unknown } | undefined)?.order_id === 'string'
  return paymentEvents.has(event) && hasOrder ? { payment: readPayment(payment) } : {}
}

function readEnvelope(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw malformed()
}

const malformed = () =>
  new Refusal('malformed_request', 'This message is not of the shape the gateway documents.')
