import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { explainStock } from './explain-stock.ts'
import { findBatch, findBatches } from './find-batches.ts'
import { actsRoutes } from './acts-routes.ts'
import { closeCount } from './close-count.ts'
import { decideCount } from './decide-count.ts'
import { findCount } from './find-count.ts'
import { findCounts } from './find-counts.ts'
import { openCount } from './open-count.ts'
import { recordCount } from './record-count.ts'
import { findExpiring } from './find-expiring.ts'
import { traceBatch } from './trace-batch.ts'
import { valueStock } from './value-stock.ts'
import { receiveStock } from './receive-stock.ts'
import { coldRoutes } from './cold-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { transferRoutes } from './transfer-routes.ts'

/** Mounts the shelf's lists and the goods receipt. */
export function stockRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  const { database } = surroundings
  transferRoutes(app, surroundings)
  coldRoutes(app, surroundings)
  reportRoutes(app, surroundings)
  actsRoutes(app, surroundings)
  serve(app, api.listBatches, ({ query }) => findBatches(database.reads, query))
  serve(app, api.getBatch, ({ params }) => findBatch(database.reads, params.id))
  serve(app, api.explainStock, ({ params }) => explainStock(database.reads, params.medicineId))
  serve(app, api.valueStock, ({ query }) => valueStock(database.reads, query.day))
  serve(app, api.listExpiring, () => findExpiring(database.reads))
  serve(app, api.traceBatch, ({ params }) => traceBatch(database.reads, params.id))
  serve(app, api.openCount, async ({ caller, idempotencyKey, body }) => {
    const { id } = await openCount(database, caller, idempotencyKey, body)
    return findCount(database.db, id, {})
  })
  serve(app, api.listCounts, ({ query }) => findCounts(database.reads, query.limit))
  serve(app, api.getCount, ({ params, query }) => findCount(database.reads, params.id, query))
  serve(app, api.closeCount, ({ caller, params }) => closeCount(database, caller, params.id))
  serve(app, api.recordCount, ({ caller, params, body }) =>
    recordCount(database, caller, { countId: params.id, ...body }),
  )
  serve(app, api.decideCount, ({ caller, params, body }) =>
    decideCount(database, caller, { id: params.id, ...body }),
  )
  serve(app, api.receiveStock, ({ caller, idempotencyKey, body }) =>
    receiveStock(database, caller, idempotencyKey, body),
  )
}
