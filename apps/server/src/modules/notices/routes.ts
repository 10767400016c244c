import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findNotices } from './find-notices.ts'

/** Mounts what was told, for whom it was told and for the counter that is asked about it. */
export function noticeRoutes(app: FastifyInstance, { database }: Surroundings): void {
  serve(app, api.listMyOrderNotices, ({ caller, params }) =>
    findNotices(database.reads, params.id, caller.personId),
  )
  serve(app, api.listOrderNotices, ({ params }) => findNotices(database.reads, params.id))
}
