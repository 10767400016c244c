import type { FastifyInstance } from 'fastify'
import type { Module, Surroundings } from '#kernel/module'
import { applyPrices } from './apply-prices.ts'
import { deskRoutes } from './desk-routes.ts'
import type { CataloguePorts } from './find-cards.ts'
import { lookAtPhoto } from './look-at-photo.ts'
import { photoRoutes } from './photo-routes.ts'
import { priceRoutes } from './price-routes.ts'

export interface DeskPorts extends CataloguePorts {
  /** The packs that lie on the shelf now, which stock knows. */
  readonly findStockedPackIds: () => Promise<readonly string[]>
}

/** What staff state about the catalogue: the law, equivalence, prices and pictures; it reads what it wrote. */
export function catalogueDesk(surroundings: Surroundings, ports: DeskPorts): Module {
  const { files } = surroundings
  return {
    name: 'catalogue desk',
    routes(app: FastifyInstance) {
      deskRoutes(app, surroundings, ports)
      priceRoutes(app, surroundings)
      photoRoutes(app, surroundings)
    },
    subscribers: [
      {
        event: 'catalogue.photo_sent',
        task: 'catalogue.look_at_photo',
        run: (database, event) => lookAtPhoto(database, files, String(event.payload.photoId)),
      },
    ],
    recurring: [
      {
        task: 'catalogue.apply_prices',
        // 00:05 in India: rules and ceilings begin with their day.
        pattern: '35 18 * * *',
        run: async database => {
          await applyPrices(database)
        },
      },
    ],
  }
}
