import { metrics } from '#kernel/metrics'
import type { Measure, Module, Surroundings } from '#kernel/module'
import { advisor } from '#modules/advisor'
import { audit } from '#modules/audit'
import { billing } from '#modules/billing'
import { catalogue, catalogueDesk } from '#modules/catalogue'
import { delivery } from '#modules/delivery'
import { dispensing } from '#modules/dispensing'
import { identity } from '#modules/identity'
import { imports } from '#modules/imports'
import { notices } from '#modules/notices'
import { claimCart, findOrderedPacks, ordering } from '#modules/ordering'
import { payments } from '#modules/payments'
import { prescriptions } from '#modules/prescriptions'
import { promotions } from '#modules/promotions'
import { purchasing } from '#modules/purchasing'
import { recall } from '#modules/recall'
import { search } from '#modules/search'
import { findAvailability, findDiscrepancies, findStockedPackIds, stock } from '#modules/stock'

/**
 * The pharmacy put together, lower modules first. A port is how a lower module learns from a higher one without
 * knowing it: the catalogue shows what the shelf holds, and signing in brings the guest's cart along.
 */
export function compose(surroundings: Surroundings): readonly Module[] {
  const { reads } = surroundings.database
  const modules: readonly Module[] = [
    audit(),
    identity(surroundings, {
      signedIn: (tx, caller, personId) => claimCart(tx, caller.cartToken, personId),
    }),
    catalogue(onPublicReads(surroundings), {
      findAvailability: packIds => findAvailability(reads, packIds),
    }),
    catalogueDesk(surroundings, {
      findAvailability: packIds => findAvailability(reads, packIds),
      findStockedPackIds: () => findStockedPackIds(reads),
    }),
    delivery(surroundings),
    imports(surroundings),
    stock(surroundings),
    purchasing(surroundings),
    search(surroundings, { findOrderedPacks }),
    prescriptions(surroundings),
    billing(surroundings),
    payments(surroundings),
    promotions(surroundings),
    dispensing(surroundings),
    ordering(surroundings),
    recall(surroundings),
    notices(surroundings),
  ]
  const measures = [discrepancyMeasure, ...modules.flatMap(one => one.measures ?? [])]
  return [...modules, advisor(surroundings, measures)]
}

/** The public catalogue may be some seconds old, so a copy of the database may answer it where there is one. */
function onPublicReads(surroundings: Surroundings): Surroundings {
  const { database } = surroundings
  return { ...surroundings, database: { ...database, reads: database.publicReads } }
}

const discrepancies = metrics.distribution({
  name: 'stock.discrepancies',
  unit: 'count',
  meaning: 'Balances that differ from the ledger: more than none is an alarm',
})

/** Once an hour, because it adds up the whole ledger. */
const discrepancyMeasure: Measure = {
  everyMinutes: 60,
  measure: async ({ reads }) => discrepancies.record((await findDiscrepancies(reads)).length),
}

export function subscriptionsOf(modules: readonly Module[]) {
  return modules.flatMap(one => one.subscribers ?? []).map(({ event, task }) => ({ event, task }))
}
