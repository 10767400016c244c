import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ledger } from './ledger.ts'
import { badRequest, type PaymentEntity, type RefundEntity } from './shapes.ts'
import type { Webhooks } from './webhooks.ts'

/** What the person who plays the bank may do with a payment. */
export const bankActs = [
  'approve',
  'authorise',
  'fail',
  'fail_then_approve',
  'delay',
  'approve_twice',
  'approve_other_amount',
] as const
export type BankAct = (typeof bankActs)[number]

export interface BankTimes {
  readonly delayMs: number
  /** How long the bank takes for a refund; undefined: until somebody decides it. */
  readonly refundMs: number | undefined
}

const otherAmountPaise = 100

/** The bank behind the gateway: decides payments and refunds, and has the webhooks say so. */
export class Bank {
  /** What the bank does with the next refunds. */
  refundOutcome: 'processed' | 'failed' = 'processed'
  readonly #ledger: Ledger
  readonly #webhooks: Webhooks
  readonly #keySecret: string
  readonly #times: BankTimes
  readonly #stopping = new AbortController()

  constructor(ledger: Ledger, webhooks: Webhooks, keySecret: string, times: BankTimes) {
    this.#ledger = ledger
    this.#webhooks = webhooks
    this.#keySecret = keySecret
    this.#times = times
  }

  stop(): void {
    this.#stopping.abort()
  }

  /** One try to pay. Answers the payment, and what the checkout gives the browser when it went well. */
  act(orderId: string, act: BankAct): { payment: PaymentEntity; signature: string | undefined } {
    const payment = this.#try(orderId, act)
    const isGood = payment.status === 'captured' || payment.status === 'authorized'
    return { payment, signature: isGood ? this.signatureOf(payment) : undefined }
  }

  #try(orderId: string, act: BankAct): PaymentEntity {
    switch (act) {
      case 'approve':
        return this.#paid(this.#ledger.pay(orderId, 'captured'))
      case 'approve_twice':
        this.#paid(this.#ledger.pay(orderId, 'captured'))
        return this.#paid(this.#ledger.pay(orderId, 'captured'))
      case 'approve_other_amount': {
        const amount = this.#ledger.order(orderId).amount + otherAmountPaise
        return this.#paid(this.#ledger.pay(orderId, 'captured', { amount }))
      }
      case 'authorise':
        return this.#told('payment.authorized', this.#ledger.pay(orderId, 'authorized'))
      case 'fail':
        return this.#told('payment.failed', this.#ledger.pay(orderId, 'failed'))
      case 'fail_then_approve': {
        const payment = this.#told('payment.failed', this.#ledger.pay(orderId, 'failed'))
        this.#later(this.#times.delayMs, () => this.approve(payment.id))
        return payment
      }
      case 'delay': {
        const payment = this.#ledger.pay(orderId, 'created')
        this.#later(this.#times.delayMs, () => this.approve(payment.id))
        return payment
      }
    }
  }

  /** Money comes at last: of a payment that was waiting, failed or only authorised. */
  approve(paymentId: string): PaymentEntity {
    return this.#paid(this.#ledger.conclude(paymentId, 'captured'))
  }

  capture(paymentId: string, body: unknown): PaymentEntity {
    return this.#told('payment.captured', this.#ledger.capture(paymentId, body))
  }

  refund(paymentId: string, body: unknown, key: string | undefined): RefundEntity {
    const before = this.#ledger.refunds.length
    const refund = this.#ledger.refund(paymentId, body, key)
    if (this.#ledger.refunds.length > before) {
      this.#tellRefund('refund.created', refund)
      const { refundMs } = this.#times
      if (refundMs !== undefined) this.#later(refundMs, () => this.decideRefund(refund.id))
    }
    return refund
  }

  decideRefund(id: string, outcome: 'processed' | 'failed' = this.refundOutcome): RefundEntity {
    const refund = this.#ledger.concludeRefund(id, outcome)
    this.#tellRefund(`refund.${outcome}`, refund)
    return refund
  }

  signatureOf(payment: Pick<PaymentEntity, 'id' | 'order_id'>): string {
    return createHmac('sha256', this.#keySecret)
      .update(`${payment.order_id}|${payment.id}`)
      .digest('hex')
  }

  #paid(payment: PaymentEntity): PaymentEntity {
    this.#webhooks.tell('payment.authorized', {
      payment: { ...payment, status: 'authorized', captured: false },
    })
    this.#told('payment.captured', payment)
    const order = this.#ledger.order(payment.order_id)
    if (order.status === 'paid') this.#webhooks.tell('order.paid', { payment, order })
    return payment
  }

  #told(event: string, payment: PaymentEntity): PaymentEntity {
    this.#webhooks.tell(event, { payment })
    return payment
  }

  #tellRefund(event: string, refund: RefundEntity): void {
    this.#webhooks.tell(event, { refund, payment: this.#ledger.payment(refund.payment_id) })
  }

  #later(ms: number, work: () => void): void {
    const { signal } = this.#stopping
    // Somebody may have decided it by hand meanwhile; a stop forgets it, as a bank may, and the reconciler asks.
    void pause(ms, undefined, { signal, ref: false })
      .then(work)
      .catch(() => undefined)
  }
}

export function readAct(value: unknown): BankAct {
  const act = bankActs.find(one => one === value)
  if (!act) throw badRequest('The bank knows no such act.')
  return act
}
