import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { classifySubstance, previewClassification } from './classify-substance.ts'
import type { DeskPorts } from './desk.ts'
import { findBans } from './find-bans.ts'
import { findCutting } from './find-cutting.ts'
import { findEquivalenceRulings } from './find-equivalence-rulings.ts'
import { findMatrixPage } from './find-matrix-page.ts'
import { findSitemap } from './find-sitemap.ts'
import { findSubstance, findSubstances } from './find-substances.ts'
import { findUnclassified } from './find-unclassified.ts'
import { liftBan } from './lift-ban.ts'
import { listNotes } from './list-notes.ts'
import { previewBan, recordBan } from './record-ban.ts'
import { recordNote } from './record-note.ts'
import { ruleEquivalence } from './rule-equivalence.ts'
import { setCutting } from './set-cutting.ts'
import { setSaleSwitch } from './set-sale-switch.ts'

const freshSeconds = 3_600
const staleSeconds = 86_400

/** Mounts the classification desk, the switches, equivalence, the sentences of the page and the sitemap. */
export function deskRoutes(
  app: FastifyInstance,
  { database }: Surroundings,
  ports: DeskPorts,
): void {
  const { reads } = database
  serve(app, api.listUnclassifiedSubstances, async ({ query }) =>
    findUnclassified(reads, await ports.findStockedPackIds(), query.limit),
  )
  serve(app, api.findSubstances, ({ query }) => findSubstances(reads, query.q, query.limit))
  serve(app, api.getSubstance, ({ params }) => findSubstance(reads, params.substanceId))
  serve(app, api.previewClassification, ({ body }) => previewClassification(reads, body))
  serve(app, api.classifySubstance, ({ caller, body }) => classifySubstance(database, caller, body))
  serve(app, api.getDecisionMatrix, () => findMatrixPage(reads))
  serve(app, api.setSaleSwitch, async ({ caller, body }) => {
    await setSaleSwitch(database, caller, body)
    return findMatrixPage(reads)
  })
  serve(app, api.listBans, ({ query }) => findBans(reads, query.limit))
  serve(app, api.previewBan, ({ body }) => previewBan(reads, body))
  serve(app, api.recordBan, ({ caller, body }) => recordBan(database, caller, body))
  serve(app, api.liftBan, ({ caller, params, body }) =>
    liftBan(database, caller, { id: params.banId, ...body }),
  )
  serve(app, api.listEquivalenceRulings, ({ params }) =>
    findEquivalenceRulings(reads, params.id, ports),
  )
  serve(app, api.ruleEquivalence, ({ caller, body }) => ruleEquivalence(database, caller, body))
  serve(app, api.getCutting, ({ params }) => findCutting(reads, params.id))
  serve(app, api.setCutting, async ({ caller, params, body }) => {
    await setCutting(database, caller, { id: params.id, ...body })
    return findCutting(database.db, params.id)
  })
  serve(app, api.listNotes, () => listNotes(reads))
  serve(app, api.recordNote, ({ caller, body }) => recordNote(database, caller, body))
  serve(app, api.listSitemap, async ({ query, answer }) => {
    const page = await findSitemap(reads, query.after)
    answer.cache(freshSeconds, staleSeconds)
    return page
  })
}
