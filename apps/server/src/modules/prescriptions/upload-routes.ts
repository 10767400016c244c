import assert from 'node:assert/strict'
import { api, apiPrefix, pageSizes, uploadBytesMax } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { isId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findOwnUpload, findUploadSession, findUploadSessions } from './find-upload-sessions.ts'
import { findViewedPage } from './find-viewed-page.ts'
import { finishUpload } from './finish-upload.ts'
import { requestUpload } from './request-upload.ts'
import { startUploadSession } from './start-upload-session.ts'
import { pageFormats, pageKey } from './upload-pages.ts'
import { formSeconds, quarantineKey } from './upload-limits.ts'
import { uploadNotFound } from './upload-row.ts'
import { viewUpload } from './view-upload.ts'
import { withdrawUpload } from './withdraw-upload.ts'

/** Mounts the way of a prescription from a customer's camera to a page that may be looked at. */
export function uploadRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  const { database, files } = surroundings
  // Whoever has just sent something looks at what came of it, so these read the writing database.
  const { reads } = database
  serve(app, api.startUploadSession, async ({ caller, idempotencyKey, body }) => {
    const { id } = await startUploadSession(database, caller, idempotencyKey, body)
    return findUploadSession(reads, ownerOf(caller), id)
  })
  serve(app, api.listMyUploadSessions, ({ caller, query }) =>
    findUploadSessions(reads, ownerOf(caller), query),
  )
  serve(app, api.getMyUploadSession, ({ caller, params }) =>
    findUploadSession(reads, ownerOf(caller), params.id),
  )
  serve(app, api.requestUpload, async ({ caller, idempotencyKey, params, body }) => {
    const { contentType } = body
    const wanted = { sessionId: params.id, contentType }
    const { id } = await requestUpload(database, caller, idempotencyKey, wanted)
    const { url, forms } = await files.of('quarantine').presignPost({
      key: quarantineKey(id),
      contentTypes: [contentType],
      bytesMax: uploadBytesMax,
      seconds: formSeconds,
    })
    return { id, url, fields: { ...forms[0]?.fields }, bytesMax: uploadBytesMax, formSeconds }
  })
  serve(app, api.finishUpload, async ({ caller, params }) => {
    await finishUpload(database, caller, params.id)
    return findOwnUpload(reads, ownerOf(caller), params.id)
  })
  serve(app, api.withdrawUpload, async ({ caller, params }) => {
    await withdrawUpload(database, caller, params.id)
    return findOwnUpload(reads, ownerOf(caller), params.id)
  })
  serve(app, api.viewMyUpload, ({ caller, params, body }) =>
    viewUpload(database, caller, { uploadId: params.id, page: body.page, reason: 'own' }),
  )
  servePages(app, surroundings)
}

function ownerOf({ personId }: { personId: string | null }): string {
  assert(personId, 'the endpoint is for people who are signed in')
  return personId
}

/**
 * The pages themselves, to whoever wrote down a moment ago that she looks at one. They pass through here and have no
 * address of their own: nothing that could be copied from a screen opens a prescription.
 */
function servePages(app: FastifyInstance, { database, files }: Surroundings): void {
  app.get<{ Params: { id: string; size: string } }>(
    `${apiPrefix}/page-views/:id/:size`,
    { schema: { hide: true } },
    async (request, response) => {
      const { personId } = await app.findCaller(request)
      const size = pageSizes.find(one => one === request.params.size)
      if (!personId || !size || !isId(request.params.id)) throw uploadNotFound()
      const viewed = await findViewedPage(database.db, personId, request.params.id)
      const found =
        viewed && (await files.of('prescriptions').get(pageKey(viewed.uploadId, viewed.page, size)))
      if (!found) throw uploadNotFound()
      return response
        .header('cache-control', 'private, no-store')
        .header('cross-origin-resource-policy', 'same-origin')
        .header('content-length', found.bytes)
        .type(pageFormats[size].contentType)
        .send(found.stream)
    },
  )
}
