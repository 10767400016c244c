import type { SitemapPage } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'

export type ReadSitemap = (after: string | undefined) => Promise<SitemapPage>

/** A thousand medicines a page, two languages each: below the 50,000 addresses a sitemap may hold. */
export const apiPagesPerFile = 20
/** Ten times the country's list; beyond it something is wrong with the list. */
const apiPagesMax = 2_500

/** Where each file of medicines begins; the first begins at the beginning. */
export async function fileStarts(read: ReadSitemap): Promise<(string | undefined)[]> {
  const starts: (string | undefined)[] = [undefined]
  let after: string | undefined
  for (let page = 1; page <= apiPagesMax; page++) {
    const { next } = await read(after)
    if (next === null) return starts
    after = next
    if (page % apiPagesPerFile === 0) starts.push(next)
  }
  throw new Error('the list of medicines for search engines does not end')
}

/** One file as its parts come from the API: never more of it in memory than a page. */
export async function* medicinesXml(
  read: ReadSitemap,
  options: { origin: string; after: string | undefined },
): AsyncGenerator<string> {
  yield `${declaration}<urlset xmlns="${schema}">\n`
  let after = options.after
  for (let page = 0; page < apiPagesPerFile; page++) {
    const { items, next } = await read(after)
    yield items
      .flatMap(({ path, changedOn }) =>
        (['en', 'hi'] as const).map(locale => {
          const address = escapeXml(options.origin + pathIn(locale, path))
          return `<url><loc>${address}</loc><lastmod>${changedOn}</lastmod></url>\n`
        }),
      )
      .join('')
    if (next === null) break
    after = next
  }
  yield '</urlset>\n'
}

export function indexXml(origin: string, starts: readonly (string | undefined)[]): string {
  const files = starts.map(start => {
    const query = start === undefined ? '' : `?after=${encodeURIComponent(start)}`
    return `<sitemap><loc>${escapeXml(`${origin}/sitemap-medicines.xml${query}`)}</loc></sitemap>\n`
  })
  return `${declaration}<sitemapindex xmlns="${schema}">\n${files.join('')}</sitemapindex>\n`
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}
