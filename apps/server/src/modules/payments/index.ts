import type { Subscriber } from '#kernel/events'
import type { Module, Recurring, Surroundings } from '#kernel/module'
import { cashRoutes } from './cash-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { expireIntents } from './expire-intents.ts'
import type { Gateway } from './gateway.ts'
import { forgetWebhooks } from './forget-webhooks.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { lookAtRefunds } from './look-at-refunds.ts'
import { openRazorpay } from './razorpay.ts'
import { redirectRoutes } from './redirect-routes.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { sendRefund } from './send-refund.ts'
import { shopRoutes } from './shop-routes.ts'
import { sweepRefunds } from './sweep-refunds.ts'
import { workWebhook } from './work-webhook.ts'

export { closeIntent, closeUnpaid } from './close-intent.ts'
export {
  assertCashOffered,
  type CashTerms,
  collectAtDoor,
  type DoorDue,
  expectAtDoor,
  findCashTerms,
  findDoorDues,
  refuseAtDoor,
} from './door.ts'
export { type FoundIntent, findIntents, type FoundRefund } from './find-intents.ts'
export { findCredit, findOrderCredit, type OrderCredit } from './find-credit.ts'
export { giveGoodwillCredit } from './give-goodwill-credit.ts'
export { keepAsCredit } from './keep-as-credit.ts'
export { returnCredit, spendCredit } from './move-credit.ts'
export { moveInDrawer } from './move-cash.ts'
export { type IntentToOpen, openIntent } from './open-intent.ts'
export { type RefundWanted, requestRefund } from './request-refund.ts'

/**
 * Money that comes and goes back. Orders are known here by their id only; what happened is told by the events
 * `payments.captured {orderId, intentId, amountPaise, late}`, `payments.failed {orderId, intentId, isFinal}` and
 * `payments.refund_settled {orderId, refundId, amountPaise}`.
 */
export function payments(surroundings: Surroundings): Module {
  const { config } = surroundings
  const gateway = config.gateway && openRazorpay(config.gateway)
  return {
    name: 'payments',
    routes(app) {
      deskRoutes(app, surroundings)
      cashRoutes(app, surroundings)
      shopRoutes(app, surroundings, gateway)
      redirectRoutes(app, surroundings, gateway)
      gatewayRoutes(app, surroundings, gateway)
    },
    subscribers: subscribersWith(gateway),
    recurring: recurringWith(gateway),
  }
}

/** Without a gateway there is nothing to ask, and no job of these is ever made. */
function subscribersWith(gateway: Gateway | undefined): Subscriber[] {
  const asking = (ask: (gateway: Gateway) => Promise<void>) =>
    gateway ? ask(gateway) : Promise.resolve()
  return [
    {
      event: 'payments.webhook_received',
      task: 'payments.work_webhook',
      run: (database, { payload }) => workWebhook(database, String(payload['webhookId'])),
    },
    ...['payments.authorised', 'payments.return_seen'].map(event => ({
      event,
      task: `payments.ask_after_${event.split('.')[1]}`,
      run: (
        database: Parameters<Subscriber['run']>[0],
        { payload }: Parameters<Subscriber['run']>[1],
      ) => asking(one => reconcileIntent(database, one, String(payload['intentId']))),
    })),
    {
      event: 'payments.refund_asked',
      task: 'payments.send_refund',
      run: (database, { payload }) =>
        asking(one => sendRefund(database, one, String(payload['refundId']))),
    },
  ]
}

function recurringWith(gateway: Gateway | undefined): Recurring[] {
  const own: Recurring[] = [
    {
      task: 'payments.expire',
      pattern: '* * * * *',
      run: async database => {
        await expireIntents(database)
      },
    },
    {
      task: 'payments.sweep_refunds',
      pattern: '*/5 * * * *',
      run: async database => {
        await sweepRefunds(database)
      },
    },
    // 02:20 in India.
    {
      task: 'payments.forget_webhooks',
      pattern: '50 20 * * *',
      run: async database => {
        await forgetWebhooks(database)
      },
    },
  ]
  if (!gateway) return own
  return [
    ...own,
    {
      task: 'payments.reconcile',
      pattern: '*/2 * * * *',
      run: async database => {
        await reconcilePayments(database, gateway)
      },
    },
    {
      task: 'payments.look_at_refunds',
      pattern: '25 * * * *',
      run: database => lookAtRefunds(database, gateway),
    },
  ]
}
