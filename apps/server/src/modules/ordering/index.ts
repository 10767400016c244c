import type { Module, Surroundings } from '#kernel/module'
import { cancelLapsedOrders } from './cancel-lapsed-orders.ts'
import { counterRoutes } from './counter-routes.ts'
import { forgetGuestCarts } from './forget-guest-carts.ts'
import { shopRoutes } from './routes.ts'

export { claimCart } from './claim-cart.ts'
export { findOrderedPacks } from './find-ordered-packs.ts'

/** Carts, and the orders they become. */
export function ordering(surroundings: Surroundings): Module {
  return {
    name: 'ordering',
    routes(app) {
      shopRoutes(app, surroundings)
      counterRoutes(app, surroundings)
    },
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
