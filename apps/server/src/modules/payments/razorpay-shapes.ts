import type { PaymentSnapshot, RefundSnapshot } from './gateway.ts'

/** Something the gateway sent that is not of the shape it documents; nothing of it is believed. */
export class StrangeAnswer extends Error {
  constructor(what: string) {
    super(`the gateway sent ${what} in another shape than it documents`)
    this.name = 'StrangeAnswer'
  }
}

type Entity = Readonly<Record<string, unknown>>

/**
 * Reads a payment of the gateway. Only what is needed is kept: no mobile, no e-mail address, no card, no UPI address.
 * A payment that was refunded was captured before, unless the gateway gave an uncaptured one back by itself.
 */
export function readPayment(value: unknown): PaymentSnapshot {
  const entity = entityOf(value, 'a payment')
  const status = textOf(entity, 'status')
  const isCaptured = entity['captured'] === true || entity['captured'] === 1
  const state = stateOf(status, isCaptured)
  if (!state) throw new StrangeAnswer(`a payment that is ${status.slice(0, 20)}`)
  const method = entity['method']
  return {
    id: textOf(entity, 'id'),
    gatewayOrderId: textOf(entity, 'order_id'),
    state,
    amountPaise: wholeOf(entity, 'amount'),
    currency: textOf(entity, 'currency'),
    method: typeof method === 'string' && /^[a-z_]{1,20}$/.test(method) ? method : null,
    bankReference: referenceOf(entity),
  }
}

function stateOf(status: string, isCaptured: boolean): PaymentSnapshot['state'] | undefined {
  if (status === 'captured' || (status === 'refunded' && isCaptured)) return 'captured'
  if (status === 'authorized') return 'authorised'
  // Given back without ever having been ours.
  if (status === 'failed' || status === 'refunded') return 'failed'
  return status === 'created' ? status : undefined
}

const refundStateOf = { pending: 'sent', processed: 'settled', failed: 'failed' } as const

export function readRefund(value: unknown): RefundSnapshot {
  const entity = entityOf(value, 'a refund')
  const status = textOf(entity, 'status')
  if (!Object.hasOwn(refundStateOf, status)) throw new StrangeAnswer(`a refund that is ${status}`)
  const receipt = entity['receipt']
  return {
    id: textOf(entity, 'id'),
    paymentId: textOf(entity, 'payment_id'),
    receipt: typeof receipt === 'string' && receipt !== '' ? receipt : null,
    state: refundStateOf[status as keyof typeof refundStateOf],
    amountPaise: wholeOf(entity, 'amount'),
    bankReference: referenceOf(entity),
  }
}

/** The items of a collection, each read by `read`. */
export function readItems<T>(value: unknown, read: (item: unknown) => T): T[] {
  const { items } = entityOf(value, 'a list')
  if (!Array.isArray(items)) throw new StrangeAnswer('a list')
  return items.map(read)
}

export function readId(value: unknown): string {
  return textOf(entityOf(value, 'an order'), 'id')
}

/** Banks name the same thing differently: ARN for cards, RRN and UTR for UPI and transfers. */
function referenceOf(entity: Entity): string | null {
  const acquirer = entity['acquirer_data']
  if (typeof acquirer !== 'object' || acquirer === null) return null
  for (const name of ['rrn', 'arn', 'utr', 'bank_transaction_id']) {
    const found = (acquirer as Entity)[name]
    if (typeof found === 'string' && found !== '' && found.length <= 64) return found
  }
  return null
}

function entityOf(value: unknown, what: string): Entity {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new StrangeAnswer(what)
  }
  return value as Entity
}

function textOf(entity: Entity, name: string): string {
  const value = entity[name]
  if (typeof value !== 'string' || value === '' || value.length > 64) {
    throw new StrangeAnswer(`a ${name}`)
  }
  return value
}

function wholeOf(entity: Entity, name: string): number {
  const value = entity[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new StrangeAnswer(`an ${name}`)
  }
  return value
}
