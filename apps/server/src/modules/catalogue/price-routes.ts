import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findPrices, findSellingRules } from './find-prices.ts'
import { recordPriceControl } from './record-price-control.ts'
import { recordSellingRule } from './record-selling-rule.ts'
import { setPrice } from './set-price.ts'

/** Mounts price histories, prices set by hand, selling-price rules and notified ceilings. */
export function priceRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { reads } = database
  serve(app, api.getPrices, ({ params, query }) => findPrices(reads, params.id, query.limit))
  serve(app, api.setPrice, async ({ caller, params, body }) => {
    await setPrice(database, caller, { packId: params.id, ...body })
    return findPrices(reads, params.id)
  })
  serve(app, api.listSellingRules, ({ query }) => findSellingRules(reads, query.limit))
  serve(app, api.recordSellingRule, ({ caller, body }) => recordSellingRule(database, caller, body))
  serve(app, api.recordPriceControl, ({ caller, body }) =>
    recordPriceControl(database, caller, body),
  )
}
