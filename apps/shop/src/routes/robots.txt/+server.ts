import { pathIn } from '@janta/ui/i18n.ts'
import type { RequestHandler } from './$types'

const personal = ['/cart', '/checkout', '/orders', '/account', '/sign-in']

/** Personal pages are nobody's to list. Search results are read, so that their own noindex is seen. */
export const GET: RequestHandler = ({ url, setHeaders }) => {
  setHeaders({
    'cache-control': 'public, max-age=3600',
    'content-type': 'text/plain; charset=utf-8',
  })
  const closed = ['/api/', '/counter/', ...personal.flatMap(path => [path, pathIn('hi', path)])]
  const lines = closed.map(path => `Disallow: ${path}`)
  return new Response(
    ['User-agent: *', ...lines, '', `Sitemap: ${url.origin}/sitemap.xml`, ''].join('\n'),
  )
}
