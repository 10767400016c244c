import { createHmac, timingSafeEqual } from 'node:crypto'

const hexPattern = /^[0-9a-f]{64}$/

/**
 * True when the gateway signed this very payment for OUR stored order. The order id a browser posts back is not asked:
 * it could name a cheaper order that was paid (rule 25, domain 6.2).
 */
export function isCheckoutSigned(
  signature: string,
  of: { storedOrderId: string; paymentId: string; keySecret: string },
): boolean {
  return isHmac(signature, of.keySecret, `${of.storedOrderId}|${of.paymentId}`)
}

/** True when the bytes, as they came and before anything reads them, were signed with the webhook's own secret. */
export function isWebhookSigned(signature: string, body: Buffer, webhookSecret: string): boolean {
  return isHmac(signature, webhookSecret, body)
}

function isHmac(signature: string, secret: string, of: string | Buffer): boolean {
  if (!hexPattern.test(signature)) return false
  const expected = createHmac('sha256', secret).update(of).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}
