import { api } from '@janta/contracts'
import type { Module, Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import type { CataloguePorts } from './find-cards.ts'
import { getMedicine } from './get-medicine.ts'

const freshSeconds = 60
const staleSeconds = 300
// A page many look at is made once a second; while the database is away, the last one serves.
const keep = { freshMs: 1_000, keepMs: 60_000 }

/** Reading about medicines, for everybody; what stock holds comes through the port. */
export function catalogue({ database, cache }: Surroundings, ports: CataloguePorts): Module {
  const { reads } = database
  return {
    name: 'catalogue',
    routes(app) {
      serve(app, api.getMedicine, async ({ params, query, answer }) => {
        const asked = { id: params.id, language: query.language ?? 'en' }
        const medicine = await cache.read(
          `catalogue.medicine ${asked.language} ${asked.id}`,
          keep,
          () => getMedicine(reads, asked, ports),
        )
        answer.cache(freshSeconds, staleSeconds)
        return medicine
      })
    },
  }
}
