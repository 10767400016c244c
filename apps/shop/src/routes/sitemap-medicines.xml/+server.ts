import { pageOf } from '#lib/server/problems.ts'
import { medicinesXml, type ReadSitemap } from '#lib/server/sitemap.ts'
import type { RequestHandler } from './$types'

/** One file of medicines; its first page is read before anything is sent, so that a failure is told as one. */
export const GET: RequestHandler = async ({ locals, url, setHeaders }) => {
  const after = url.searchParams.get('after') ?? undefined
  const read: ReadSitemap = from =>
    locals.api.listSitemap({ query: from === undefined ? {} : { after: from } })
  const parts = medicinesXml(read, { origin: url.origin, after })
  const opening = await parts.next()
  const first = await pageOf(url, locals.locale, () => parts.next())
  setHeaders({
    'cache-control': 'public, max-age=3600',
    'content-type': 'application/xml; charset=utf-8',
  })
  const begun = [opening.value, first.value].join('')
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(encoder.encode(begun)),
    pull: async controller => {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await parts.return(undefined)),
  })
  return new Response(body)
}
