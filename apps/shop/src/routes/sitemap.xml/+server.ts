import { fileStarts, indexXml, type ReadSitemap } from '#lib/server/sitemap.ts'
import { pageOf } from '#lib/server/problems.ts'
import type { RequestHandler } from './$types'

const keptMs = 60 * 60_000
let kept: { starts: Promise<(string | undefined)[]>; until: number } | undefined

/** Finding where files begin walks the whole list, so it is done once an hour, and once for all who ask meanwhile. */
function startsOf(read: ReadSitemap) {
  if (kept && kept.until > Date.now()) return kept.starts
  const starts = fileStarts(read)
  kept = { starts, until: Date.now() + keptMs }
  starts.catch(() => {
    kept = undefined
  })
  return starts
}

export const GET: RequestHandler = async ({ locals, url, setHeaders }) => {
  const read: ReadSitemap = after =>
    locals.api.listSitemap({ query: after === undefined ? {} : { after } })
  const starts = await pageOf(url, locals.locale, () => startsOf(read))
  setHeaders({
    'cache-control': 'public, max-age=3600',
    'content-type': 'application/xml; charset=utf-8',
  })
  return new Response(indexXml(url.origin, starts))
}
