import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { findLostDemand } from './find-lost-demand.ts'
import { findSlowMovers } from './find-slow-movers.ts'
import { findStockOuts } from './find-stock-outs.ts'
import { stockReportFile } from './stock-report-file.ts'

/** Mounts what the shelf tells over a period, on the screen and as a file. */
export function reportRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { reads } = database
  serve(app, api.listSlowMovers, ({ query }) => findSlowMovers(reads, query))
  serve(app, api.listStockOuts, ({ query }) => findStockOuts(reads, query))
  serve(app, api.listLostDemand, ({ query }) => findLostDemand(reads, query))
  serve(app, api.exportStockReport, async ({ caller, query }) => {
    // Nothing leaves as a file before that is on the audit trail.
    await inTransaction(database, caller, () => Promise.resolve(null))
    return stockReportFile(reads, query)
  })
}
