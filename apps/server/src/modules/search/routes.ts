import { createHmac } from 'node:crypto'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { faultFields } from '#kernel/log'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findAvailability } from '#modules/stock'
import {
  answerFromCatalogue,
  answerFromIndex,
  type SearchReply,
  suggestFromIndex,
} from './answer-search.ts'
import { KeptAnswers } from './kept-answers.ts'
import { listMedicineRequests } from './list-medicine-requests.ts'
import { LiveIndex } from './live-index.ts'
import { reachOf } from './reach-of.ts'
import { requestMedicine } from './request-medicine.ts'

const freshSeconds = 60
const staleSeconds = 300
const suggestKeep = { freshMs: 2_000, keepMs: 60_000 }

/** Finding medicines, for everybody, and what customers looked for in vain, for administrators. */
export function searchRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  const { database, cache } = surroundings
  const { reads } = database
  const live = openLiveIndex(app, surroundings)
  const ports = { findAvailability: (ids: readonly string[]) => findAvailability(reads, ids) }
  const kept = new KeptAnswers<SearchReply>()
  serve(app, api.searchMedicines, async ({ query, answer }) => {
    const reach = await reachOf(query.pin, { reads, cache })
    const found = live.search
      ? kept.read(live.revision, JSON.stringify([query, reach]), () =>
          answerFromIndex(live, query, reach),
        )
      : await answerFromCatalogue(reads, query, { reach, ports })
    answer.cache(freshSeconds, staleSeconds)
    return found
  })
  serve(app, api.suggestMedicines, async ({ query, answer }) => {
    if (!live.search) return { medicines: [], salts: [], showingResultsFor: null }
    const key = `search.suggest ${query.pin?.slice(0, 3) ?? ''} ${query.q}`
    const found = await cache.read(key, suggestKeep, async () =>
      suggestFromIndex(live, query.q, query.pin),
    )
    answer.cache(freshSeconds, staleSeconds)
    return found
  })
  serve(app, api.requestMedicine, ({ body, caller }) =>
    requestMedicine(database, caller, {
      name: body.name,
      addressHash: createHmac('sha256', surroundings.config.secretKey)
        .update(`search.medicine_request ${caller.address}`)
        .digest(),
    }),
  )
  serve(app, api.listMedicineRequests, ({ query }) => listMedicineRequests(reads, query))
}

/** Begins to read when the server begins to serve, and ends with it. */
function openLiveIndex(app: FastifyInstance, { database }: Surroundings): LiveIndex {
  const live = new LiveIndex({
    database,
    report: what => {
      if ('fault' in what) app.log.warn(faultFields(what.fault), 'the search could not follow')
      else
        app.log.info(
          { count: what.packs, durationMs: what.ms },
          `the search has read the catalogue ${what.isKept ? 'as another process kept it' : 'whole'}`,
        )
    },
  })
  app.addHook('onReady', async () => live.start())
  app.addHook('onClose', () => live.stop())
  return live
}
