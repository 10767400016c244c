/** What the gateway says about one payment, in our words: the only thing `applySnapshot` believes. */
export interface PaymentSnapshot {
  readonly id: string
  readonly gatewayOrderId: string
  readonly state: 'created' | 'failed' | 'authorised' | 'captured'
  readonly amountPaise: number
  readonly currency: string
  readonly method: string | null
  /** RRN of a UPI payment, or the acquirer's reference; null until the bank has given one. */
  readonly bankReference: string | null
}

export interface RefundSnapshot {
  readonly id: string
  readonly paymentId: string
  /** What we sent as `receipt`: the refund's id and the number of the try; null for one begun at the gateway itself. */
  readonly receipt: string | null
  readonly state: 'sent' | 'settled' | 'failed'
  readonly amountPaise: number
  readonly bankReference: string | null
}

export interface GatewayKeys {
  readonly keyId: string
  readonly keySecret: string
  readonly webhookSecret: string
}

/** A payment gateway as this module uses it. Every call goes over the network and so happens outside transactions. */
export interface Gateway {
  readonly keys: GatewayKeys
  /** Where a browser without JavaScript posts its form to pay, and where the checkout script lies. */
  readonly checkout: { readonly formUrl: string; readonly scriptUrl: string }
  createOrder(order: { amountPaise: number; receipt: string }): Promise<string>
  /** The id of the order with our receipt, when an answer to `createOrder` was lost. */
  findOrder(receipt: string): Promise<string | undefined>
  fetchPaymentsOf(gatewayOrderId: string): Promise<PaymentSnapshot[]>
  fetchPayment(id: string): Promise<PaymentSnapshot>
  capture(id: string, amountPaise: number): Promise<PaymentSnapshot>
  /** `key` is sent as idempotency key and as receipt: the same key is the same refund, however often it is sent. */
  refund(paymentId: string, refund: { amountPaise: number; key: string }): Promise<RefundSnapshot>
  fetchRefundsOf(paymentId: string): Promise<RefundSnapshot[]>
}

/** The gateway understood and said no: asking again the same way is no use. Carries its code, never its words. */
export class GatewayRefused extends Error {
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string) {
    super(`the gateway answered ${status} ${reason}`)
    this.name = 'GatewayRefused'
    this.status = status
    this.reason = reason
  }
}

/** The gateway cannot be reached, is busy or broken: what was asked may have happened or not. */
export class GatewayAway extends Error {
  readonly code = 'GATEWAY_UNAVAILABLE'
  constructor(what: string, options?: { cause?: unknown }) {
    super(`the gateway is away: ${what}`, options)
    this.name = 'GatewayAway'
  }
}
