import { api, apiPrefix, billPageTypes, mayDo } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { isId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { keptKey, pageBytesMax, uploadSeconds, waitingKey } from './bill-page-rules.ts'
import { checkBillPage } from './check-bill-page.ts'
import { findBillPages, isBillPageKept } from './find-bill-pages.ts'
import { requestBillPage } from './request-bill-page.ts'

/** Mounts the way of a photo from the goods-in table to the bill it belongs to. */
export function billPageRoutes(app: FastifyInstance, { database, files }: Surroundings): void {
  serve(app, api.requestBillPage, async ({ caller, params }) => {
    const { id } = await requestBillPage(database, caller, params.id)
    const upload = await files.of('quarantine').presignPost({
      key: waitingKey(id),
      contentTypes: billPageTypes,
      bytesMax: pageBytesMax,
      seconds: uploadSeconds,
    })
    const forms = upload.forms.map(({ contentType, fields }) => ({
      contentType,
      fields: { ...fields },
    }))
    return { id, url: upload.url, forms, bytesMax: pageBytesMax }
  })
  serve(app, api.checkBillPage, ({ caller, params }) => checkBillPage(database, caller, params.id))
  serve(app, api.listBillPages, ({ params }) => findBillPages(database.reads, params.id))
  servePictures(app, { database, files })
}

/** The photos themselves, through here to whoever may read the bill: they have no address of their own. */
function servePictures(
  app: FastifyInstance,
  { database, files }: Pick<Surroundings, 'database' | 'files'>,
): void {
  app.get<{ Params: { id: string } }>(
    `${apiPrefix}/purchases/bill-pages/:id/picture`,
    { schema: { hide: true } },
    async (request, response) => {
      const { personId, roles } = await app.findCaller(request)
      const { id } = request.params
      const isFound =
        personId !== null &&
        mayDo(roles, 'purchasing.manage') &&
        isId(id) &&
        (await isBillPageKept(database.reads, id))
      const found = isFound && (await files.of('invoices').get(keptKey(id.toLowerCase())))
      if (!found) throw new Refusal('not_found', 'There is no such photo.')
      return response
        .header('cache-control', 'private, no-store')
        .header('cross-origin-resource-policy', 'same-origin')
        .header('content-length', found.bytes)
        .type('image/webp')
        .send(found.stream)
    },
  )
}
