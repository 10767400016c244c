import { type Gateway, type GatewayKeys, GatewayRefused } from './gateway.ts'
import { openBreaker } from './breaker.ts'
import { callGateway, type GatewayCall } from './gateway-call.ts'
import { readId, readItems, readPayment, readRefund } from './razorpay-shapes.ts'

export interface RazorpayOptions extends GatewayKeys {
  /** With the version, without a slash at the end: `https://api.razorpay.com/v1`, or the local gateway's. */
  readonly url: string
  /** What browsers are given, when it differs from what this process reaches. */
  readonly browserUrl?: string | undefined
  readonly answerMs?: number | undefined
  /** For tests: how long a failing gateway is left alone. */
  readonly restMs?: number | undefined
}

const pageMax = 100

/** Razorpay's API as this module uses it (domain 6.2); the local gateway answers the same calls as strictly. */
export function openRazorpay(options: RazorpayOptions): Gateway {
  const { url, keyId, keySecret, webhookSecret, answerMs, restMs } = options
  const breaker = openBreaker({ restMs })
  const ask = (call: GatewayCall) => callGateway({ url, keyId, keySecret, answerMs, breaker }, call)
  const read = (path: string) => ask({ method: 'GET', path, isRepeatable: true })
  const browserUrl = options.browserUrl ?? url
  return {
    keys: { keyId, keySecret, webhookSecret },
    checkout: {
      formUrl: `${browserUrl}/checkout/embedded`,
      scriptUrl: scriptUrlOf(browserUrl),
    },
    async createOrder({ amountPaise, receipt }) {
      const body = { amount: amountPaise, currency: 'INR', receipt, partial_payment: false }
      // Not repeated by itself: a lost answer is looked for by its receipt.
      return readId(await ask({ method: 'POST', path: '/orders', body, isRepeatable: false }))
    },
    async findOrder(receipt) {
      const found = await read(`/orders?receipt=${encodeURIComponent(receipt)}&count=1`)
      return readItems(found, readId)[0]
    },
    async fetchPaymentsOf(gatewayOrderId) {
      return readItems(
        await read(`/orders/${encodeURIComponent(gatewayOrderId)}/payments`),
        readPayment,
      )
    },
    async fetchPayment(id) {
      return readPayment(await read(`/payments/${encodeURIComponent(id)}`))
    },
    async capture(id, amountPaise) {
      const path = `/payments/${encodeURIComponent(id)}/capture`
      const body = { amount: amountPaise, currency: 'INR' }
      try {
        return readPayment(await ask({ method: 'POST', path, body, isRepeatable: false }))
      } catch (error) {
        // Captured already, by us before a lost answer or by the gateway itself: what it is now says so.
        if (!(error instanceof GatewayRefused)) throw error
        const now = await this.fetchPayment(id)
        if (now.state !== 'captured') throw error
        return now
      }
    },
    async refund(paymentId, { amountPaise, key }) {
      return readRefund(
        await ask({
          method: 'POST',
          path: `/payments/${encodeURIComponent(paymentId)}/refund`,
          body: { amount: amountPaise, speed: 'optimum', receipt: key },
          headers: { 'x-refund-idempotency': key },
          isRepeatable: true,
        }),
      )
    },
    async fetchRefundsOf(paymentId) {
      const path = `/payments/${encodeURIComponent(paymentId)}/refunds?count=${pageMax}`
      return readItems(await read(path), readRefund)
    },
  }
}

/** The real script lies on a host of its own; the local gateway serves its own. */
function scriptUrlOf(browserUrl: string): string {
  const isReal = new URL(browserUrl).hostname === 'api.razorpay.com'
  return isReal ? 'https://checkout.razorpay.com/v1/checkout.js' : `${browserUrl}/checkout.js`
}
