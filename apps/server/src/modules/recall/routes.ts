import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { closeRecall } from './close-recall.ts'
import { findBatchPatients } from './find-batch-patients.ts'
import { findBuyersOf } from './find-buyers-of.ts'
import { findRecall, findRecalls } from './find-recalls.ts'
import { openRecall } from './open-recall.ts'
import { askToTellBuyers } from './tell-buyers.ts'
import { recordRecallContact } from './record-recall-contact.ts'
import { recordRecallDisposal } from './record-recall-disposal.ts'

/** Mounts the recall screen. */
export function recallRoutes(app: FastifyInstance, { database }: Surroundings): void {
  // Whoever has just written looks at what was written, so these read the writing database.
  const { db, reads } = database
  serve(app, api.listRecalls, ({ query }) => findRecalls(reads, query))
  serve(app, api.getRecall, ({ params }) => findRecall(reads, params.id))
  serve(app, api.listRecallBuyers, async ({ caller, params, query }) => {
    const page = await findBuyersOf(reads, params.id, query)
    // Nothing about anybody is shown before the look is on the audit trail.
    await inTransaction(database, caller, async () => ({ id: params.id }))
    return page
  })
  serve(app, api.listBatchPatients, async ({ caller, params, query }) => {
    const page = await findBatchPatients(reads, params.id, query)
    await inTransaction(database, caller, async () => ({ id: params.id }))
    return page
  })
  serve(app, api.openRecall, async ({ caller, idempotencyKey, body }) => {
    const { id } = await openRecall(database, caller, idempotencyKey, body)
    return findRecall(db, id)
  })
  serve(app, api.tellRecallBuyers, async ({ caller, params }) => {
    await askToTellBuyers(database, caller, params.id)
    return findRecall(db, params.id)
  })
  serve(app, api.recordRecallContact, async ({ caller, idempotencyKey, params, body }) => {
    await recordRecallContact(database, caller, idempotencyKey, { id: params.id, ...body })
    return findRecall(db, params.id)
  })
  serve(app, api.recordRecallDisposal, async ({ caller, idempotencyKey, params, body }) => {
    await recordRecallDisposal(database, caller, idempotencyKey, { id: params.id, ...body })
    return findRecall(db, params.id)
  })
  serve(app, api.closeRecall, async ({ caller, params }) => {
    await closeRecall(database, caller, params.id)
    return findRecall(db, params.id)
  })
}
