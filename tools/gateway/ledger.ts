import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import {
  amountOf,
  badRequest,
  GatewayError,
  type OrderEntity,
  type PaymentEntity,
  readBody,
  type RefundEntity,
} from './shapes.ts'

interface Books {
  orders: OrderEntity[]
  payments: PaymentEntity[]
  refunds: RefundEntity[]
  /** Refunds by idempotency key, with the body they were asked for with. */
  keys: Record<string, { body: string; refundId: string }>
}

export type Outcome = 'captured' | 'authorized' | 'failed' | 'created'

const entriesMax = 5_000
const receiptMax = 40
const notesMax = 15
const noteMax = 256
const feeBasisPoints = 200
const taxPercent = 18
const seconds = () => Math.floor(Date.now() / 1_000)
const newId = (kind: string) => `${kind}_${randomBytes(7).toString('hex')}`
const digits = (count: number) =>
  Array.from({ length: count }, () => String(randomInt(10))).join('')

/** What the gateway holds about orders, payments and refunds, and what it refuses. Kept in a file when given one. */
export class Ledger {
  readonly #file: string | undefined
  readonly #books: Books
  constructor(file?: string) {
    this.#file = file
    this.#books =
      file && existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as Books)
        : { orders: [], payments: [], refunds: [], keys: {} }
  }

  get orders(): readonly OrderEntity[] {
    return this.#books.orders
  }
  get payments(): readonly PaymentEntity[] {
    return this.#books.payments
  }
  get refunds(): readonly RefundEntity[] {
    return this.#books.refunds
  }

  createOrder(request: unknown): OrderEntity {
    const body = readBody(request, {
      amount: 'number',
      currency: 'string',
      receipt: 'string',
      notes: 'object',
      partial_payment: 'boolean',
    })
    const amount = amountOf(body['amount'], 100)
    if (body['currency'] !== 'INR') throw badRequest('The currency should be INR.')
    const receipt = (body['receipt'] as string | undefined) ?? null
    if (receipt && receipt.length > receiptMax) throw badRequest('The receipt is too long.')
    if (receipt && this.orders.some(one => one.receipt === receipt)) {
      throw badRequest('An order with this receipt exists already.')
    }
    const order: OrderEntity = {
      id: newId('order'),
      entity: 'order',
      amount,
      amount_paid: 0,
      currency: 'INR',
      receipt,
      notes: readNotes(body['notes']),
      status: 'created',
      created_at: seconds(),
    }
    this.#add(this.#books.orders, order)
    return order
  }

  order(id: string): OrderEntity {
    return found(this.orders, id)
  }
  payment(id: string): PaymentEntity {
    return found(this.payments, id)
  }
  refundOf(id: string): RefundEntity {
    return found(this.refunds, id)
  }

  /** Somebody tries to pay; `differs` makes it another amount or currency than the order's, as no honest page would. */
  pay(
    orderId: string,
    outcome: Outcome,
    differs: { amount?: number; currency?: string } = {},
  ): PaymentEntity {
    const order = this.order(orderId)
    const payment: PaymentEntity = {
      id: newId('pay'),
      entity: 'payment',
      amount: differs.amount ?? order.amount,
      currency: differs.currency ?? order.currency,
      order_id: order.id,
      method: 'upi',
      email: 'somebody@example.com',
      contact: '+919000000001',
      vpa: 'somebody@examplebank',
      status: 'created',
      captured: false,
      amount_refunded: 0,
      fee: 0,
      tax: 0,
      acquirer_data: {},
      created_at: seconds(),
    }
    this.#add(this.#books.payments, payment)
    if (order.status === 'created') order.status = 'attempted'
    this.conclude(payment.id, outcome)
    return payment
  }

  /** Brings a payment to its outcome; a failed one may still succeed, as UPI payments do. */
  conclude(id: string, outcome: Outcome): PaymentEntity {
    const payment = this.payment(id)
    if (payment.captured) throw badRequest('This payment has already been captured')
    payment.status = outcome
    if (outcome === 'authorized' || outcome === 'captured')
      payment.acquirer_data = { rrn: digits(12) }
    if (outcome === 'captured') this.#setCaptured(payment)
    this.#write()
    return payment
  }

  capture(id: string, request: unknown): PaymentEntity {
    const body = readBody(request, { amount: 'number', currency: 'string' })
    const payment = this.payment(id)
    if (payment.captured) throw badRequest('This payment has already been captured')
    if (payment.status !== 'authorized')
      throw badRequest('Only authorized payments can be captured')
    if (body['amount'] !== payment.amount || body['currency'] !== payment.currency) {
      throw badRequest('The amount must be equal to the amount authorized.')
    }
    this.#setCaptured(payment)
    this.#write()
    return payment
  }

  refund(paymentId: string, request: unknown, key: string | undefined): RefundEntity {
    const body = readBody(request, {
      amount: 'number',
      speed: 'string',
      notes: 'object',
      receipt: 'string',
    })
    if (key !== undefined && !/^[A-Za-z0-9_-]{10,}$/.test(key)) {
      throw badRequest('The idempotency key is not valid.')
    }
    const known = key === undefined ? undefined : this.#books.keys[key]
    const asText = JSON.stringify([paymentId, body])
    if (known && known.body !== asText) {
      throw badRequest('Different request body sent for the same idempotency header.')
    }
    if (known) return this.refundOf(known.refundId)
    const refund = this.#newRefund(this.payment(paymentId), body)
    if (key !== undefined) this.#books.keys[key] = { body: asText, refundId: refund.id }
    this.#write()
    return refund
  }

  #newRefund(payment: PaymentEntity, body: Record<string, unknown>): RefundEntity {
    if (!payment.captured) throw badRequest('The payment status should be captured.')
    const left = payment.amount - payment.amount_refunded
    const amount = amountOf(body['amount'] ?? left, 1)
    if (amount > left) throw badRequest('The refund amount is greater than what is left.')
    if (!['normal', 'optimum', undefined].includes(body['speed'] as string | undefined)) {
      throw badRequest('The speed is invalid.')
    }
    const refund: RefundEntity = {
      id: newId('rfnd'),
      entity: 'refund',
      amount,
      currency: payment.currency,
      payment_id: payment.id,
      receipt: (body['receipt'] as string | undefined) ?? null,
      status: 'pending',
      acquirer_data: {},
      created_at: seconds(),
    }
    payment.amount_refunded += amount
    if (payment.amount_refunded === payment.amount) payment.status = 'refunded'
    this.#add(this.#books.refunds, refund)
    return refund
  }

  /** The bank answers; what it refuses may be refunded again. */
  concludeRefund(id: string, outcome: 'processed' | 'failed'): RefundEntity {
    const refund = this.refundOf(id)
    if (refund.status !== 'pending') throw badRequest('This refund is decided already.')
    refund.status = outcome
    if (outcome === 'processed') refund.acquirer_data = { arn: digits(23) }
    if (outcome === 'failed') {
      const payment = this.payment(refund.payment_id)
      payment.amount_refunded -= refund.amount
      payment.status = 'captured'
    }
    this.#write()
    return refund
  }

  #setCaptured(payment: PaymentEntity): void {
    const order = this.order(payment.order_id)
    payment.status = 'captured'
    payment.captured = true
    const fee = Math.floor((payment.amount * feeBasisPoints) / 10_000)
    payment.tax = Math.floor((fee * taxPercent) / 100)
    payment.fee = fee + payment.tax
    order.amount_paid = Math.min(order.amount, order.amount_paid + payment.amount)
    if (order.amount_paid === order.amount) order.status = 'paid'
  }

  #add<T>(list: T[], one: T): void {
    if (list.length >= entriesMax) throw new GatewayError(429, 'RATE_LIMIT', 'Too many entries.')
    list.push(one)
    this.#write()
  }

  #write(): void {
    if (!this.#file) return
    const unfinished = `${this.#file}.${process.pid}`
    writeFileSync(unfinished, JSON.stringify(this.#books), { mode: 0o600 })
    renameSync(unfinished, this.#file)
  }
}

function found<T extends { id: string }>(list: readonly T[], id: string): T {
  const one = list.find(each => each.id === id)
  if (!one) throw badRequest('The id provided does not exist')
  return one
}

function readNotes(value: unknown): Record<string, string> {
  const notes = Object.entries((value ?? {}) as object)
  if (notes.length > notesMax || notes.some(([, text]) => String(text).length > noteMax)) {
    throw badRequest('The notes are too many or too long.')
  }
  return Object.fromEntries(notes)
}
