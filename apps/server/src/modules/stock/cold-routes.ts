import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { decideExcursion } from './decide-excursion.ts'
import { findExcursions } from './find-excursions.ts'
import { findFridges, findReadings } from './find-fridges.ts'
import { recordReadings } from './record-readings.ts'
import { saveFridge } from './save-fridge.ts'

/** Mounts the fridges, their readings and what was set apart because of them. */
export function coldRoutes(app: FastifyInstance, { database }: Surroundings): void {
  serve(app, api.listFridges, () => findFridges(database.reads))
  serve(app, api.saveFridge, ({ caller, params, body }) =>
    saveFridge(database, caller, { id: params.id, ...body }),
  )
  serve(app, api.listReadings, ({ params }) => findReadings(database.reads, params.id))
  serve(app, api.recordReadings, async ({ caller, params, body }) => {
    const { excursionId, ...answer } = await recordReadings(database, caller, {
      id: params.id,
      ...body,
    })
    const found = excursionId === null ? [] : (await findExcursions(database.db, excursionId)).items
    return { ...answer, excursion: found[0] ?? null }
  })
  serve(app, api.listExcursions, () => findExcursions(database.reads))
  serve(app, api.decideExcursion, ({ caller, params, body }) =>
    decideExcursion(database, caller, { id: params.id, ...body }),
  )
}
