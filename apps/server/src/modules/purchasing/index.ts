import type { Module, Surroundings } from '#kernel/module'
import { billPageRoutes } from './bill-page-routes.ts'
import { lookAtBillPage } from './look-at-bill-page.ts'
import { purchasingRoutes } from './routes.ts'

/** From whom goods come, at what cost and on whose paper; what to order next and what goes back. */
export function purchasing(surroundings: Surroundings): Module {
  const { files } = surroundings
  return {
    name: 'purchasing',
    routes(app) {
      purchasingRoutes(app, surroundings)
      billPageRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'purchasing.bill_page_sent',
        task: 'purchasing.look_at_bill_page',
        run: (database, event) => lookAtBillPage(database, files, String(event.payload.pageId)),
      },
    ],
  }
}
