import { randomUUID } from 'node:crypto'
import { env } from 'node:process'
import { localeOf } from '@janta/ui/i18n.ts'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { openApi } from '#lib/server/api.ts'
import { traceparentOf } from '#lib/server/traceparent.ts'

// The exporter's libraries are loaded only where somebody listens.
const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT
const ratio = Number(env.TRACE_PERCENT ?? 10) / 100
const spans = endpoint
  ? (await import('#lib/server/page-spans.ts')).openPageSpans({ endpoint, ratio })
  : undefined

export const handle: Handle = async ({ event, resolve }) => {
  const locale = localeOf(event.url.pathname)
  const { method, headers } = event.request
  const begun = traceparentOf(headers.get('traceparent'))
  const span = spans?.start(method, begun)
  const { api, newCookies } = openApi(event, span?.traceparent ?? begun)
  event.locals.locale = locale
  event.locals.api = api
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', locale),
    preload: ({ type }) => type === 'js' || type === 'css',
  })
  for (const cookie of newCookies) response.headers.append('set-cookie', cookie)
  addHeaders(response, newCookies.length > 0)
  span?.end({ method, route: event.route.id, status: response.status })
  return response
}

function addHeaders(response: Response, isPersonal: boolean): void {
  const { headers } = response
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=()')
  headers.set('strict-transport-security', 'max-age=31536000')
  // A cache may keep only what a page offered as the same for everybody, and only when it went well. 304 says that
  // what is kept still holds; were it told to keep nothing, every second visit would fetch the page again.
  const mayKeep = response.status === 200 || response.status === 304
  if (isPersonal || headers.has('set-cookie') || !mayKeep || !headers.has('cache-control')) {
    headers.set('cache-control', 'private, no-store')
  }
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return { ...(error as App.Error) }
  const requestId = randomUUID()
  // The route and never the address: an address may carry what somebody searched for.
  console.error(
    JSON.stringify({ level: 'error', requestId, route: event.route.id, error: String(error) }),
  )
  return { message: 'failed', requestId }
}
