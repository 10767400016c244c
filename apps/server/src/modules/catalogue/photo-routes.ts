import { api, photoTypes, photoWidths } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { isId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { checkPhoto } from './check-photo.ts'
import { photoKey } from './find-photos.ts'
import { photoBytesMax, quarantineKey, uploadSeconds } from './photo-rules.ts'
import { findPhotoState } from './photo-state.ts'
import { requestPhotoUpload } from './request-photo-upload.ts'
import { withdrawPhoto } from './withdraw-photo.ts'

/** Mounts the way of a picture from the counter's camera to the page, and the pictures themselves. */
export function photoRoutes(app: FastifyInstance, { database, files }: Surroundings): void {
  const { reads } = database
  serve(app, api.requestPhotoUpload, async ({ caller, params, body }) => {
    const { id } = await requestPhotoUpload(database, caller, { packId: params.id, ...body })
    const upload = await files.of('quarantine').presignPost({
      key: quarantineKey(id),
      contentTypes: photoTypes,
      bytesMax: photoBytesMax,
      seconds: uploadSeconds,
    })
    const forms = upload.forms.map(({ contentType, fields }) => ({
      contentType,
      fields: { ...fields },
    }))
    return { id, url: upload.url, forms, bytesMax: photoBytesMax }
  })
  serve(app, api.checkPhoto, async ({ caller, params }) => {
    await checkPhoto(database, caller, params.id)
    return findPhotoState(reads, params.id)
  })
  serve(app, api.getPhoto, ({ params }) => findPhotoState(reads, params.id))
  serve(app, api.withdrawPhoto, async ({ caller, params, body }) => {
    await withdrawPhoto(database, caller, { id: params.id, reason: body.reason })
    return findPhotoState(reads, params.id)
  })
  servePictures(app, files)
}

/**
 * The pictures under the address the CDN serves them at from the same bucket: one that is there never changes, so a
 * browser may keep it for a year. Where a CDN stands in front, this is not asked.
 */
function servePictures(app: FastifyInstance, files: Surroundings['files']): void {
  app.get<{ Params: { id: string; file: string } }>(
    '/medicines/pictures/:id/:file',
    { schema: { hide: true } },
    async (request, response) => {
      const { id, file } = request.params
      const width = photoWidths.find(one => file === `${one}.webp`)
      const found =
        width !== undefined && isId(id)
          ? await files.of('assets').get(photoKey(id.toLowerCase(), width))
          : undefined
      if (!found) throw new Refusal('not_found', 'There is no such picture.')
      return response
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-length', found.bytes)
        .type('image/webp')
        .send(found.stream)
    },
  )
}
