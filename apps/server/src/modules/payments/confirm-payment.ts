import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { applySnapshot } from './apply-snapshot.ts'
import { type Gateway, GatewayAway, GatewayRefused } from './gateway.ts'
import type { Intent } from './intent-row.ts'
import { isCheckoutSigned } from './signature.ts'

export interface CheckoutReturn {
  readonly paymentId: string
  readonly signature: string
}

const caller = systemCaller('payments.confirm')

/**
 * The browser comes back from paying. Its word is not believed: the signature must be over OUR order of the gateway
 * (`payment_not_verified`), and amount and state are what the gateway itself answers. When the gateway is away a job
 * asks it later, and the customer sees that the payment is being checked.
 */
export async function confirmPayment(
  database: Database,
  gateway: Gateway,
  intent: Intent,
  { paymentId, signature }: CheckoutReturn,
): Promise<void> {
  const { gatewayOrderId: storedOrderId } = intent
  const { keySecret } = gateway.keys
  if (!storedOrderId || !isCheckoutSigned(signature, { storedOrderId, paymentId, keySecret })) {
    throw notVerified()
  }
  const snapshot = await gateway.fetchPayment(paymentId).catch(error => {
    if (error instanceof GatewayAway) return undefined
    throw error instanceof GatewayRefused ? notVerified() : error
  })
  await inTransaction(database, caller, async tx => {
    const isOurs = snapshot?.gatewayOrderId === storedOrderId
    if (isOurs) await applySnapshot(tx, caller, snapshot, 'redirect')
    if (snapshot && !isOurs) throw notVerified()
    // Not captured yet, or nobody answered: asked again by a job.
    if (snapshot?.state !== 'captured')
      await emit(tx, caller, 'payments.return_seen', { intentId: intent.id })
  })
}

const notVerified = (): Refusal =>
  new Refusal(
    'payment_not_verified',
    'We could not confirm this payment with the bank. Look under My orders in a few minutes; money that left your account is found or comes back.',
  )
