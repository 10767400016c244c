import type { Module, Surroundings } from '#kernel/module'
import { cancelLapsedOrders } from './cancel-lapsed-orders.ts'
import { continueAfterReview } from './continue-after-review.ts'
import { counterRoutes } from './counter-routes.ts'
import { forgetGuestCarts } from './forget-guest-carts.ts'
import { placeAfterPayment } from './place-after-payment.ts'
import { refillBlockedOrders, resumeHeldOrders } from './refill-orders.ts'
import { shopRoutes } from './routes.ts'

export { claimCart } from './claim-cart.ts'
export { type Buyer, findBuyers } from './find-buyers.ts'
export { type Contact, findContacts } from './find-contacts.ts'
export { findOrderedPacks } from './find-ordered-packs.ts'

/** Carts, and the orders they become. */
export function ordering(surroundings: Surroundings): Module {
  return {
    name: 'ordering',
    routes(app) {
      shopRoutes(app, surroundings)
      counterRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'recall.batches_blocked',
        task: 'ordering.refill_blocked',
        run: async (database, { payload }) => {
          await refillBlockedOrders(database, payload['batchIds'] as string[])
        },
      },
      {
        event: 'stock.batches_blocked',
        task: 'ordering.refill_stopped',
        run: async (database, { payload }) => {
          await refillBlockedOrders(database, payload['batchIds'] as string[])
        },
      },
      {
        event: 'prescriptions.review_decided',
        task: 'ordering.continue_after_review',
        run: (database, { payload }) => continueAfterReview(database, String(payload['orderId'])),
      },
      {
        event: 'payments.captured',
        task: 'ordering.place_after_payment',
        run: (database, { payload }) => placeAfterPayment(database, String(payload['orderId'])),
      },
      {
        event: 'stock.goods_received',
        task: 'ordering.resume_held',
        run: resumeHeldOrders,
      },
    ],
    recurring: [
      {
        task: 'ordering.cancel_lapsed_orders',
        pattern: '*/5 * * * *',
        run: async database => {
          await cancelLapsedOrders(database)
        },
      },
      // 02:10 in India.
      { task: 'ordering.forget_guest_carts', pattern: '40 20 * * *', run: forgetGuestCarts },
    ],
  }
}
