import type { Module, Surroundings } from '#kernel/module'
import { audit } from '#modules/audit'
import { catalogue } from '#modules/catalogue'
import { delivery } from '#modules/delivery'
import { dispensing } from '#modules/dispensing'
import { identity } from '#modules/identity'
import { claimCart, ordering } from '#modules/ordering'
import { findAvailability, stock } from '#modules/stock'

/**
 * The pharmacy put together, lower modules first. A port is how a lower module learns from a higher one without
 * knowing it: the catalogue shows what the shelf holds, and signing in brings the guest's cart along.
 */
export function compose(surroundings: Surroundings): readonly Module[] {
  const { reads } = surroundings.database
  return [
    audit(),
    identity(surroundings, {
      signedIn: (tx, caller, personId) => claimCart(tx, caller.cartToken, personId),
    }),
    catalogue(surroundings, { findAvailability: packIds => findAvailability(reads, packIds) }),
    delivery(surroundings),
    stock(surroundings),
    dispensing(surroundings),
    ordering(surroundings),
  ]
}

export function subscriptionsOf(modules: readonly Module[]) {
  return modules.flatMap(one => one.subscribers ?? []).map(({ event, task }) => ({ event, task }))
}
