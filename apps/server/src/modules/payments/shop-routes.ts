import { api, type ReplyOf } from '@janta/contracts'
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import type { Caller } from '#kernel/caller'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { beginPayment, noPayment } from './begin-payment.ts'
import { confirmPayment } from './confirm-payment.ts'
import type { Gateway } from './gateway.ts'
import { findCredit } from './find-credit.ts'
import { findIntentOfOrder, type Intent } from './intent-row.ts'
import { showPayment } from './show-payment.ts'

/** Where the gateway sends the browser back to when it runs no scripts. */
export const returnPath = (intentId: string): string => `/api/v1/payments/${intentId}/return`

/** Mounts what the customer's pages ask for. */
export function shopRoutes(
  app: FastifyInstance,
  { config, database }: Surroundings,
  gateway: Gateway | undefined,
): void {
  const { db, reads } = database
  serve(app, api.getMyCredit, ({ caller }) => findCredit(reads, personOf(caller)))
  serve(app, api.getPayment, ({ caller, params }) =>
    showPayment(reads, params.id, personOf(caller)),
  )
  serve(app, api.beginPayment, async ({ caller, params }) => {
    if (!(await findIntentOfOrder(reads, params.id, personOf(caller)))) throw noPayment()
    const found = present(gateway)
    const intent = await beginPayment(database, found, caller, params.id)
    return checkoutOf(config.publicUrl, found, intent)
  })
  serve(app, api.confirmPayment, async ({ caller, params, body }) => {
    const intent = await findIntentOfOrder(db, params.id, personOf(caller))
    if (!intent) throw noPayment()
    await confirmPayment(database, present(gateway), intent, body)
    await inTransaction(database, caller, async () => ({ id: params.id }))
    return showPayment(db, params.id, personOf(caller))
  })
}

export function present(gateway: Gateway | undefined): Gateway {
  if (gateway) return gateway
  throw new Refusal(
    'payment_unavailable',
    'Online payment is not switched on at this pharmacy. Choose cash on delivery.',
  )
}

function personOf({ personId }: Caller): string {
  assert(personId, 'only signed-in people reach this')
  return personId
}

type Checkout = ReplyOf<typeof api.beginPayment>

/** Everything a page needs to send the customer to the gateway. */
export function checkoutOf(
  publicUrl: string,
  { keys, checkout }: Gateway,
  { id, orderId, gatewayOrderId, amountPaise, expiresAt }: Intent & { gatewayOrderId: string },
): Checkout {
  return {
    intentId: id,
    gatewayOrderId,
    keyId: keys.keyId,
    amountPaise,
    currency: 'INR',
    expiresAt: expiresAt.toISOString(),
    scriptUrl: checkout.scriptUrl,
    form: {
      action: checkout.formUrl,
      fields: {
        key_id: keys.keyId,
        order_id: gatewayOrderId,
        amount: String(amountPaise),
        currency: 'INR',
        name: 'Janta Pharmacy',
        callback_url: `${publicUrl}${returnPath(id)}`,
        cancel_url: `${publicUrl}/orders/${orderId}`,
      },
    },
  }
}
