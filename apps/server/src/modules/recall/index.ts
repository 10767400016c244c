import type { Module, Surroundings } from '#kernel/module'
import { recallRoutes } from './routes.ts'
import { tellBuyers } from './tell-buyers.ts'

/** Calling medicines back: block, find every buyer, collect, and account for every unit. */
export function recall(surroundings: Surroundings): Module {
  return {
    name: 'recall',
    routes: app => recallRoutes(app, surroundings),
    subscribers: [
      {
        event: 'recall.buyers_to_be_told',
        task: 'recall.tell_buyers',
        run: async (database, { payload }) => {
          await tellBuyers(database, String(payload['recallId']))
        },
      },
    ],
  }
}
