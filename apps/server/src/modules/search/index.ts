import type { Module, Surroundings } from '#kernel/module'
import { countOrder, countOrderTask, type FindOrderedPacks } from './count-order.ts'
import { forgetFaded } from './forget-faded.ts'
import { prepareIndex } from './prepare-index.ts'
import { searchRoutes } from './routes.ts'

export type { FindOrderedPacks, OrderedPacks } from './count-order.ts'
export { prepareSearch, searchCommands } from './prepare-command.ts'

/** Any spelling finds the right medicine, from this process's own memory. */
export function search(
  surroundings: Surroundings,
  ports: { findOrderedPacks: FindOrderedPacks },
): Module {
  return {
    name: 'search',
    routes: app => searchRoutes(app, surroundings),
    subscribers: [
      {
        event: 'ordering.order_placed',
        task: countOrderTask,
        run: (database, event) => countOrder(database, event, ports.findOrderedPacks),
      },
      {
        event: 'imports.import_ended',
        task: 'search.prepare_index',
        run: async database => {
          await prepareIndex(database)
        },
      },
    ],
    recurring: [
      // 03:20 in India.
      { task: 'search.forget_faded', pattern: '50 21 * * *', run: forgetFaded },
    ],
  }
}
