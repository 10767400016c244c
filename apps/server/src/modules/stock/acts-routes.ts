import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findWriteOffs } from './find-write-offs.ts'
import { reportDiscrepancies } from './report-discrepancies.ts'
import { releaseBatch, setBatchApart } from './set-batch-apart.ts'
import { undoWriteOff } from './undo-write-off.ts'
import { writeOffBatch } from './write-off-batch.ts'

/** Mounts what a person does with a batch: sets it apart, releases it, writes it off and takes that back. */
export function actsRoutes(app: FastifyInstance, { database }: Surroundings): void {
  serve(app, api.setBatchApart, ({ caller, idempotencyKey, params, body }) =>
    setBatchApart(database, caller, idempotencyKey, { id: params.id, ...body }),
  )
  serve(app, api.releaseBatch, ({ caller, idempotencyKey, params, body }) =>
    releaseBatch(database, caller, idempotencyKey, { id: params.id, ...body }),
  )
  serve(app, api.writeOffBatch, ({ caller, idempotencyKey, params, body }) =>
    writeOffBatch(database, caller, idempotencyKey, { id: params.id, ...body }),
  )
  serve(app, api.listWriteOffs, ({ query }) => findWriteOffs(database.reads, query.limit))
  serve(app, api.undoWriteOff, ({ caller, params, body }) =>
    undoWriteOff(database, caller, { id: params.id, ...body }),
  )
  serve(app, api.listDiscrepancies, () => reportDiscrepancies(database.reads))
}
